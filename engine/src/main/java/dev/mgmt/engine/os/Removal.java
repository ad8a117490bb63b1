package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removes a path and all below it, never following a link. */
public final class Removal {
    private Removal() {}

    public static void of(Path path) throws IOException, InterruptedException {
        if (path.getNameCount() == 0) {
            throw new FileFault("the root directory is never removed");
        }
        FileStamp stamp = FileStamp.of(path);
        if (stamp == null) {
            return;
        }
        try {
            remove(path, stamp);
        } catch (IOException e) {
            throw FileFault.of("remove", path, e);
        }
    }

    private static void remove(Path path, FileStamp stamp)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (stamp.type() == FileStamp.Type.DIRECTORY) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    FileStamp below = FileStamp.of(entry);
                    if (below != null) {
                        remove(entry, below);
                    }
                }
            } catch (NoSuchFileException e) {
                return; // Somebody else was faster.
            }
        }
        Files.deleteIfExists(path);
    }
}
