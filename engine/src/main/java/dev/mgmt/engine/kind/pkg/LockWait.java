package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.FileStamp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits until nobody else uses the package manager, and says whom it waits for. Nothing is held
 * afterwards: if somebody is quicker, the manager says so, and this waits again.
 */
final class LockWait {
    private final DirectoryWatches watches;
    private final Consumer<String> notice;

    /** How a package manager keeps others out. */
    sealed interface Lock {
        /** A record lock (fcntl(2)) on a file that stays. */
        record RecordLock(Path file) implements Lock {}

        /** A file that is there as long as somebody works, and is kept open by them. */
        record Presence(Path file) implements Lock {}

        /** A file with the id of the process that is at work. */
        record Pid(Path file) implements Lock {}
    }

    LockWait(DirectoryWatches watches, Consumer<String> notice) {
        this.watches = watches;
        this.notice = notice;
    }

    void await(List<Lock> locks) throws IOException, InterruptedException {
        for (Lock lock : locks) {
            switch (lock) {
                case Lock.RecordLock(Path file) -> awaitRecord(file);
                case Lock.Presence(Path file) -> awaitAbsence(file);
                case Lock.Pid(Path file) -> awaitProcess(file);
            }
        }
    }

    private void awaitRecord(Path file) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (isFree(channel)) {
                return;
            }
            OptionalLong holder = LockHolder.ofRecord(FileStamp.of(file));
            notice.accept("waiting for " + LockHolder.shown(holder) + ", which locks " + file);
            awaitFree(channel);
        } catch (NoSuchFileException e) {
            // Nobody has ever locked it.
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "only root may change packages, and "
                            + file
                            + " is not writable"
                            + " (run as root)",
                    e);
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null; // Given back when the channel is closed.
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** By a platform thread: the system call would hold the one that carries virtual threads. */
    private static void awaitFree(FileChannel channel) throws InterruptedException {
        Thread waiting =
                Thread.ofPlatform()
                        .daemon()
                        .name("lock of the package manager")
                        .start(() -> lock(channel));
        try {
            waiting.join();
        } catch (InterruptedException e) {
            waiting.interrupt(); // Closes the channel, which ends the system call.
            throw e;
        }
    }

    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException | OverlappingFileLockException e) {
            // Interrupted, or not to be had: the manager itself will say what is wrong.
        }
    }

    private void awaitAbsence(Path file) throws IOException, InterruptedException {
        Semaphore changes = new Semaphore(0);
        DirectoryWatches.PathWatch watch = watches.open(changes::release);
        try {
            watch.add(file);
            boolean told = false;
            while (Files.exists(file)) {
                OptionalLong holder = LockHolder.ofOpen(file);
                if (holder.isEmpty() && Files.exists(file)) {
                    throw new IOException(
                            file
                                    + " says that a package manager is at work, but no process has"
                                    + " it open: one has died (remove the file)");
                }
                if (!told) {
                    notice.accept(
                            "waiting for " + LockHolder.shown(holder) + ", which has " + file);
                    told = true;
                }
                changes.acquire();
            }
        } finally {
            watch.close();
        }
    }

    private void awaitProcess(Path file) throws InterruptedException {
        @Nullable String pid = LockHolder.firstLine(file);
        if (pid != null && pid.matches("[1-9][0-9]{0,9}")) {
            OptionalLong holder = OptionalLong.of(Long.parseLong(pid));
            if (LockHolder.lives(holder.getAsLong())) {
                notice.accept("waiting for " + LockHolder.shown(holder) + ", named in " + file);
                awaitEnd(holder.getAsLong());
            }
        }
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            try {
                process.get().onExit().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // The end of a process does not fail.
            }
        }
    }
}
