package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.kind.archive.Manifest.Item;
import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.Replacement;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The files in an archive, one after the other, each compared with one of the host and, where they
 * differ, put in its place. An archive cannot be read backwards: where a difference shows late,
 * what was equal before is taken from the host's file.
 */
final class ArchivedFiles {
    private final ArchiveFile archive;
    private final TarReader reader;
    private final byte[] block = new byte[1 << 16];
    private @Nullable TarEntry entry;
    private int number = -1;

    /** How much of the present file was equal to the host's, and what of the block came then. */
    private long equalBytes;

    private int inBlock;

    ArchivedFiles(ArchiveFile archive) {
        this.archive = archive;
        reader = new TarReader(archive.bytes());
    }

    /** Goes to the next entry; false at the end. */
    boolean next() throws IOException, InterruptedException {
        try {
            entry = reader.next();
        } catch (IOException e) {
            throw archive.fault(e);
        }
        number++;
        equalBytes = 0;
        inBlock = 0;
        return entry != null;
    }

    /** Of the present entry, from 0. */
    int number() {
        return number;
    }

    /**
     * Whether the host's file has the bytes of the present entry; asked once for each.
     *
     * @param present null: there is none
     * @param wanted what the entry is taken to be
     */
    boolean equal(Path path, @Nullable FileStamp present, Item.Regular wanted)
            throws IOException, InterruptedException {
        TarEntry here = entry;
        if (here == null || here.type() != TarEntry.Type.REGULAR || here.size() != wanted.size()) {
            throw new FileFault("the archive was changed while it was unpacked");
        }
        if (present == null || present.size() != here.size()) {
            return false;
        }
        try (InputStream other = Files.newInputStream(path)) {
            while (true) {
                inBlock = read();
                if (inBlock < 0) {
                    return true;
                }
                byte[] there = other.readNBytes(inBlock);
                if (!Arrays.equals(block, 0, inBlock, there, 0, there.length)) {
                    return false;
                }
                equalBytes += inBlock;
            }
        }
    }

    /** Puts the present entry in the place of the file that was found not to be equal. */
    void replace(Path path, @Nullable FileStamp present, Item.Regular wanted, Access access)
            throws IOException, InterruptedException {
        new Replacement(path, access, OptionalInt.empty())
                .of(
                        present,
                        made -> {
                            write(made, path);
                            Files.setLastModifiedTime(
                                    made.path(), FileTime.from(wanted.modified()));
                        });
    }

    private void write(TemporaryFile made, Path path) throws IOException, InterruptedException {
        try (OutputStream to = Files.newOutputStream(made.path())) {
            if (equalBytes > 0) {
                try (InputStream same = Files.newInputStream(path)) {
                    copy(same, equalBytes, to);
                }
            }
            to.write(block, 0, inBlock);
            for (int read = read(); read >= 0; read = read()) {
                to.write(block, 0, read);
            }
        }
    }

    private static void copy(InputStream from, long bytes, OutputStream to)
            throws IOException, InterruptedException {
        byte[] part = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int read = from.read(part, 0, (int) Math.min(part.length, left));
            if (read < 0) {
                throw new FileFault("it was changed while it was compared");
            }
            to.write(part, 0, read);
            left -= read;
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private int read() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return reader.read(block);
        } catch (IOException e) {
            throw archive.fault(e);
        }
    }
}
