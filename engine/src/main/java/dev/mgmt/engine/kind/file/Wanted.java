package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What bytes a regular file should have. */
public sealed interface Wanted {
    /** Any; none in a new file. */
    record Anything() implements Wanted {}

    /** Exactly these. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed by anybody.
    record Bytes(byte[] bytes) implements Wanted {}

    /** Those of other files of this host, one after the other. */
    record CopyOf(List<Path> paths) implements Wanted {
        public CopyOf {
            paths = List.copyOf(paths);
        }
    }

    /** The bytes from the first to the last; to be closed. */
    default InputStream open() throws IOException {
        return switch (this) {
            case Anything() -> InputStream.nullInputStream();
            case Bytes(byte[] bytes) -> new ByteArrayInputStream(bytes);
            case CopyOf(List<Path> paths) -> {
                List<InputStream> parts = new ArrayList<>();
                for (Path path : paths) {
                    parts.add(Files.newInputStream(path));
                }
                yield new SequenceInputStream(Collections.enumeration(parts));
            }
        };
    }

    /** The stamps of the files that the bytes come from. */
    default List<FileStamp> origins() throws IOException {
        return switch (this) {
            case Anything(), Bytes(byte[] _) -> List.of();
            case CopyOf(List<Path> paths) -> {
                List<FileStamp> stamps = new ArrayList<>();
                for (Path path : paths) {
                    FileStamp stamp = FileStamp.behind(path);
                    if (stamp == null) {
                        throw new NoSuchFileException(path.toString());
                    }
                    if (stamp.type() != FileStamp.Type.REGULAR) {
                        throw new FileFault(path + " is not a regular file");
                    }
                    stamps.add(stamp);
                }
                yield stamps;
            }
        };
    }
}
