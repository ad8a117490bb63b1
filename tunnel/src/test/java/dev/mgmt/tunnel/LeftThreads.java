package dev.mgmt.tunnel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Threads, virtual ones included, that something starts and must not leave behind. */
public final class LeftThreads {
    /** A thread may be on its way out. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LeftThreads() {}

    /**
     * Those that are still there after a while.
     *
     * @param names what their names begin with
     */
    public static List<String> named(String... names) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = now(names);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
            left = now(names);
        }
        return left;
    }

    private static List<String> now(String... names) throws IOException {
        Path directory = Files.createTempDirectory("threads");
        Path dump = directory.resolve("dump");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(
                            dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return Files.readAllLines(dump).stream()
                    .filter(line -> line.startsWith("#"))
                    .filter(line -> Stream.of(names).anyMatch(name -> line.contains("\"" + name)))
                    .toList();
        } finally {
            Trees.delete(directory);
        }
    }
}
