package dev.mgmt.remote.agent;

import dev.mgmt.remote.wire.ClaimNote;
import dev.mgmt.remote.wire.MalformedMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The right to run this host's graph, which one process at a time has: it holds the lock of a file
 * in the state directory, and the kernel takes that away from whoever dies. Whoever wants it says
 * so in a second file and sends the holder a TERM; nothing listens and nothing looks again and
 * again. The file of the lock stays when nobody has it: were it removed, two could each lock one of
 * the same name.
 */
final class HostClaim implements AutoCloseable {
    private static final String HELD = "agent.lock";
    private static final String WANTED = "agent.wanted";
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int LONGEST_NOTE = 4096;

    private final Path state;
    private final ClaimNote own;
    private final RandomAccessFile file;

    private HostClaim(Path state, ClaimNote own, RandomAccessFile file) {
        this.state = state;
        this.own = own;
        this.file = file;
    }

    /** Takes nothing yet. */
    static HostClaim at(Path state, ClaimNote own) throws IOException {
        Files.createDirectories(state, PRIVATE_DIRECTORY);
        Path path = state.resolve(HELD);
        try {
            Files.createFile(path, PRIVATE_FILE);
        } catch (FileAlreadyExistsException e) {
            // Of an earlier agent.
        }
        return new HostClaim(state, own, new RandomAccessFile(path.toFile(), "rw"));
    }

    /** Whether it is ours now. */
    boolean tryTake() throws IOException {
        FileLock lock = file.getChannel().tryLock();
        if (lock == null) {
            return false;
        }
        sign();
        return true;
    }

    /** Waits until it is ours. Cannot be interrupted without closing it. */
    void take() throws IOException {
        FileLock lock = file.getChannel().lock();
        if (lock.isValid()) {
            sign();
        }
    }

    private void sign() throws IOException {
        FileChannel channel = file.getChannel();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(own.text().getBytes(StandardCharsets.UTF_8)), 0);
        if (wanted(state).filter(own::equals).isPresent()) {
            Files.deleteIfExists(state.resolve(WANTED));
        }
    }

    /** Who says that it has it; the file alone does not tell whether that is so. */
    Optional<ClaimNote> holder() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_NOTE);
        // Not by a channel of its own: closing that would give our lock away.
        file.getChannel().read(text, 0);
        return note(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8));
    }

    /** Asks the holder to end; false if that process is not to be found. */
    boolean ask() throws IOException {
        Path beside = Files.createTempFile(state, ".new", "", PRIVATE_FILE);
        try {
            Files.writeString(beside, own.text());
            Files.move(beside, state.resolve(WANTED), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        return holder().flatMap(ClaimNote::process).filter(ProcessHandle::destroy).isPresent();
    }

    /** Ends the holder and whatever it has started, at once. */
    void force() throws IOException {
        Optional<ProcessHandle> holder = holder().flatMap(ClaimNote::process);
        if (holder.isPresent()) {
            holder.get().descendants().forEach(ProcessHandle::destroyForcibly);
            holder.get().destroyForcibly();
        }
    }

    /** Who wants what another one has, as far as is known. */
    static Optional<ClaimNote> wanted(Path state) {
        try {
            return note(Files.readString(state.resolve(WANTED)))
                    .filter(note -> note.process().isPresent());
        } catch (IOException e) {
            return Optional.empty(); // Most often there is none.
        }
    }

    private static Optional<ClaimNote> note(String text) {
        try {
            return Optional.of(ClaimNote.read(text));
        } catch (MalformedMessage e) {
            return Optional.empty();
        }
    }

    /** Gives it back, or wants it no longer. */
    @Override
    public void close() throws IOException {
        try (file) {
            if (wanted(state).filter(own::equals).isPresent()) {
                Files.deleteIfExists(state.resolve(WANTED));
            }
            file.getChannel().close();
        }
    }
}
