package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.kind.pkg.LockWait.Lock;
import dev.mgmt.engine.os.DirectoryWatches;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks of package managers, held by real processes; those of apt are in {@link AptIT}. */
class LockWaitIT {
    @TempDir private Path dir;
    private final DirectoryWatches watches = new DirectoryWatches();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Path file;
    private Process holder;

    @BeforeEach
    void hold() throws IOException {
        file = dir.resolve("lock");
        holder =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "echo $$ >\"$0\"; exec 9<\"$0\"; echo held; read on; rm \"$0\"",
                                file.toString())
                        .start();
        assertEquals("held", holder.inputReader().readLine());
    }

    @AfterEach
    void close() {
        holder.destroyForcibly();
        watches.close();
    }

    private void release() throws IOException {
        try (OutputStream input = holder.getOutputStream()) {
            input.write('\n');
        }
    }

    private Thread awaiting(Lock lock, BlockingQueue<String> end) {
        return Thread.startVirtualThread(
                () -> {
                    try {
                        new LockWait(watches, said::add).await(List.of(lock));
                        end.add("free");
                    } catch (IOException | InterruptedException e) {
                        end.add(e.toString());
                    }
                });
    }

    @Test
    void aFileThatSomebodyHasOpenIsWaitedFor() throws IOException, InterruptedException {
        BlockingQueue<String> end = new LinkedBlockingQueue<>();
        awaiting(new Lock.Presence(file), end);
        assertEquals(
                "waiting for process " + holder.pid() + " (sh), which has " + file,
                said.poll(20, TimeUnit.SECONDS));
        assertTrue(end.isEmpty());
        release();
        assertEquals("free", end.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aFileThatNobodyHasOpenIsAnErrorThatSaysWhatToDo() throws IOException {
        Path left = Files.createFile(dir.resolve("left"));
        IOException thrown =
                assertThrows(
                        IOException.class,
                        () ->
                                new LockWait(watches, said::add)
                                        .await(List.of(new Lock.Presence(left))));
        assertEquals(
                left
                        + " says that a package manager is at work, but no process has it open: one"
                        + " has died (remove the file)",
                thrown.getMessage());
    }

    @Test
    void aProcessThatIsNamedInAFileIsWaitedFor() throws IOException, InterruptedException {
        BlockingQueue<String> end = new LinkedBlockingQueue<>();
        awaiting(new Lock.Pid(file), end);
        assertEquals(
                "waiting for process " + holder.pid() + " (sh), named in " + file,
                said.poll(20, TimeUnit.SECONDS));
        assertTrue(end.isEmpty());
        release();
        assertEquals("free", end.poll(20, TimeUnit.SECONDS));
        assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
    }

    @Test
    void waitingEndsWithAnInterrupt() throws InterruptedException {
        for (Lock lock : List.of(new Lock.Presence(file), new Lock.Pid(file))) {
            BlockingQueue<String> end = new LinkedBlockingQueue<>();
            Thread thread = awaiting(lock, end);
            said.poll(20, TimeUnit.SECONDS);
            thread.interrupt();
            assertTrue(thread.join(Duration.ofSeconds(20)));
            assertEquals("java.lang.InterruptedException", end.poll());
        }
    }

    @Test
    void whatIsFreeIsNotWaitedFor() throws IOException, InterruptedException {
        release();
        holder.waitFor();
        Files.writeString(dir.resolve("dead"), holder.pid() + "\n");
        new LockWait(watches, said::add)
                .await(
                        List.of(
                                new Lock.Presence(file),
                                new Lock.Pid(file),
                                new Lock.Pid(dir.resolve("dead")),
                                new Lock.RecordLock(file)));
        assertTrue(said.isEmpty(), said.toString());
    }
}
