package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an engine remembers from one life to the next: small texts by name, in a directory that only
 * its owner can read. A reader never sees half a text.
 */
public final class StateDirectory implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final Life life;

    private enum Life {
        KEPT,
        REMOVED_WHEN_CLOSED
    }

    private StateDirectory(Path directory, Life life) {
        this.directory = directory;
        this.life = life;
    }

    /** Made with its parents on first use. */
    public static StateDirectory at(Path directory) {
        return new StateDirectory(directory.toAbsolutePath(), Life.KEPT);
    }

    /** For an engine that remembers nothing: made on first use, removed when closed. */
    public static StateDirectory temporary() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        String name = "mgmt-state-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        return new StateDirectory(parent.resolve(name), Life.REMOVED_WHEN_CLOSED);
    }

    /**
     * @param name one path element, or several with {@code /} between them
     */
    public Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces the text of that name, or makes it; 0600. */
    public void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent(), OWNER_ONLY);
        Path beside = Files.createTempFile(file.getParent(), ".new", "", OWNER_ONLY_FILE);
        try {
            Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** A set of texts that is kept up to date with little writing. */
    public Journal journal(String name) {
        return new Journal(this, name);
    }

    /** Where something too large for a text may be kept; exists and is private. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name), OWNER_ONLY);
    }

    @Override
    public void close() {
        if (life == Life.REMOVED_WHEN_CLOSED && Files.isDirectory(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                // A temporary directory is left behind: nothing depends on it.
                return;
            }
        }
    }
}
