package dev.mgmt.engine.os;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of texts that outlives the process: a file with a line for each that came ({@code +}) or
 * went ({@code -}), readable by its owner only. Whoever dies while writing leaves at most the
 * beginning of a line, which says nothing. Nothing touches the disk before the first text comes,
 * and nothing is left on it when the last one has gone. Survives the process, not the machine: what
 * it tells of is not on the disk yet either when a machine loses power.
 *
 * <p>Written by one process at a time: while another one holds it, what comes and goes is not kept.
 * Used by one thread. Writing is not cut short by interrupts.
 */
public final class Journal implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Written anew beyond this, if most of it tells of what has gone. */
    private static final long LONGEST = 256 * 1024;

    private final StateDirectory directory;
    private final String name;
    private final Set<String> texts = new LinkedHashSet<>();
    private long size;
    private @Nullable Path file;
    private @Nullable RandomAccessFile lock;
    private long length;

    Journal(StateDirectory directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** What an earlier process left in the set; also while another one holds it. */
    public Set<String> read() throws IOException {
        String all = directory.read(name).orElse("");
        String whole = all.substring(0, all.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
            String text = line.substring(Math.min(1, line.length()));
            if (line.startsWith("+")) {
                put(text);
            } else {
                drop(text);
            }
        }
        return Set.copyOf(texts);
    }

    /**
     * @param added without line breaks
     * @return false if another process holds it and nothing was written
     */
    public boolean add(Collection<String> added) throws IOException {
        boolean opened = open();
        added.forEach(this::put);
        return opened && append('+', added);
    }

    /** As {@link #add}. */
    public boolean remove(Collection<String> removed) throws IOException {
        boolean opened = open();
        removed.forEach(this::drop);
        return opened && append('-', removed);
    }

    private void put(String text) {
        if (texts.add(text)) {
            size += text.length();
        }
    }

    private void drop(String text) {
        if (texts.remove(text)) {
            size -= text.length();
        }
    }

    private boolean append(char sign, Collection<String> changed) throws IOException {
        Path open = Objects.requireNonNull(file);
        if (texts.isEmpty()) {
            Files.newOutputStream(open, StandardOpenOption.TRUNCATE_EXISTING).close();
            length = 0;
            return true;
        }
        if (length > LONGEST && length > 4 * (size + texts.size())) {
            rewrite(open);
            return true;
        }
        byte[] lines = lines(sign, changed);
        try (OutputStream out = Files.newOutputStream(open, StandardOpenOption.APPEND)) {
            out.write(lines);
        }
        length += lines.length;
        return true;
    }

    /** For writing, what an earlier process left half written is left out. */
    private boolean open() throws IOException {
        if (file == null && lock()) {
            Path made = directory.folder("").resolve(name);
            rewrite(made);
            file = made;
        }
        return file != null;
    }

    private boolean lock() throws IOException {
        if (lock != null) {
            return false;
        }
        Path path = directory.folder("").resolve(name + ".lock");
        try {
            Files.createFile(path, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // Of an earlier process, or of one that holds it.
        }
        lock = new RandomAccessFile(path.toFile(), "rw");
        FileChannel channel = lock.getChannel();
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Held by this very process.
        }
    }

    private void rewrite(Path open) throws IOException {
        byte[] lines = lines('+', texts);
        Path beside = open.resolveSibling(name + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, OWNER_ONLY);
        try (OutputStream out = Files.newOutputStream(beside)) {
            out.write(lines);
        }
        Files.move(beside, open, StandardCopyOption.ATOMIC_MOVE);
        length = lines.length;
    }

    private static byte[] lines(char sign, Collection<String> texts) {
        StringBuilder lines = new StringBuilder();
        texts.forEach(text -> lines.append(sign).append(text).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        Path open = file;
        try {
            if (open != null && Files.size(open) == 0) {
                Files.delete(open);
            }
        } catch (NoSuchFileException e) {
            // Somebody has cleared the directory away: nothing is owed to anybody.
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
