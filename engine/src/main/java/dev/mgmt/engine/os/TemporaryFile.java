package dev.mgmt.engine.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file beside the one it is to become, so that a reader sees the old file or the new one and
 * nothing in between. Removed on close unless it was put in place. Nothing is forced to disk: after
 * a crash of the host the next check finds what is missing.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    private final Path path;
    private boolean placed;

    private TemporaryFile(Path path) {
        this.path = path;
    }

    /** Makes an empty file in the same directory. */
    public static TemporaryFile beside(Path target) throws IOException {
        while (true) {
            Path path = nameBeside(target);
            try {
                Files.createFile(path);
                return new TemporaryFile(path);
            } catch (FileAlreadyExistsException e) {
                // The next name will do.
            }
        }
    }

    /** A symbolic link in the same directory. */
    public static TemporaryFile linkBeside(Path target, Path pointsTo) throws IOException {
        Path path = nameBeside(target);
        Files.createSymbolicLink(path, pointsTo);
        return new TemporaryFile(path);
    }

    /** Another name of a file, in the same directory as the target. */
    public static TemporaryFile hardLinkBeside(Path target, Path file) throws IOException {
        Path path = nameBeside(target);
        Files.createLink(path, file);
        return new TemporaryFile(path);
    }

    public Path path() {
        return path;
    }

    public void write(InputStream from) throws IOException, InterruptedException {
        try (OutputStream to =
                Channels.newOutputStream(FileChannel.open(path, StandardOpenOption.WRITE))) {
            byte[] block = new byte[1 << 16];
            for (int read = from.read(block); read >= 0; read = from.read(block)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                to.write(block, 0, read);
            }
        }
    }

    public void write(byte[] bytes) throws IOException {
        Files.write(path, bytes);
    }

    public void place(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        placed = true;
    }

    @Override
    public void close() throws IOException {
        if (!placed) {
            Files.deleteIfExists(path);
        }
    }

    private static Path nameBeside(Path target) {
        return target.resolveSibling(".mgmt-" + Long.toString(NEXT.incrementAndGet(), 36));
    }
}
