package dev.mgmt.engine.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatchesIT {
    @TempDir private Path base;

    @Test
    void aDirectoryThatCameBackAmongMoreEventsThanAreKeptIsWatchedAgain() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Semaphore heard = new Semaphore(0);
        Path sub = Files.createDirectory(base.resolve("sub"));
        try (DirectoryWatches watches = new DirectoryWatches()) {
            watches.open(
                            () -> {
                                busy.countDown();
                                await(free);
                            })
                    .add(base.resolve("x"));
            watches.open(heard::release).add(sub.resolve("f"));
            Files.createFile(base.resolve("x"));
            await(busy);
            for (int i = 0; i < 2000; i++) {
                Files.createFile(base.resolve("n" + i));
            }
            Files.delete(sub);
            Files.createDirectory(sub);
            free.countDown();
            assertTrue(heard.tryAcquire(20, TimeUnit.SECONDS), "nothing heard of the storm");
            settle(heard);
            Files.createFile(sub.resolve("f"));
            assertTrue(heard.tryAcquire(20, TimeUnit.SECONDS), "nothing heard after the storm");
        }
    }

    /** In a user namespace of its own, which has limits of its own. */
    @Test
    void theLimitOfWatchesIsToldWithWhatToDo() throws Exception {
        String script =
                "echo 5 >/proc/sys/user/max_inotify_watches && exec \"$0\" -cp \"$1\" \"$2\" \"$3\"";
        Process process =
                new ProcessBuilder(
                                List.of(
                                        "unshare",
                                        "-Ur",
                                        "sh",
                                        "-c",
                                        script,
                                        ProcessHandle.current().info().command().orElse("java"),
                                        System.getProperty("java.class.path"),
                                        Many.class.getName(),
                                        base.toString()))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("cannot watch " + base + "/d"), output);
        assertTrue(output.contains("5 watches are held here"), output);
        assertTrue(output.contains("sysctl -w fs.inotify.max_user_watches=N"), output);
    }

    /** Watches a file in each of ten directories, and prints what that comes to. */
    static final class Many {
        private Many() {}

        public static void main(String[] arguments) throws IOException {
            Path base = Path.of(arguments[0]);
            try (DirectoryWatches watches = new DirectoryWatches()) {
                for (int i = 0; i < 10; i++) {
                    Path directory = Files.createDirectory(base.resolve("d" + i));
                    watches.open(() -> {}).add(directory.resolve("f"));
                }
            } catch (FileFault e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the storm still brings is not what is asked for. */
    private static void settle(Semaphore heard) throws InterruptedException {
        while (heard.tryAcquire(300, TimeUnit.MILLISECONDS)) {
            heard.drainPermits();
        }
    }
}
