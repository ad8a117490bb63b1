package dev.mgmt.remote.fleet;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Threads, virtual ones included, that a run starts and must not leave behind. */
final class LeftThreads {
    private static final List<String> OURS =
            List.of("fleet", "host ", "edits", "deadlines", "stderr of", "store-", "ssh");

    private LeftThreads() {}

    /** Names of those that are still there after a moment: a thread may be on its way out. */
    static List<String> ofRuns() throws IOException, InterruptedException {
        List<String> left = now();
        for (int i = 0; i < 100 && !left.isEmpty(); i++) {
            Thread.sleep(20);
            left = now();
        }
        return left;
    }

    private static List<String> now() throws IOException {
        Path dump = Files.createTempDirectory("threads").resolve("dump");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        List<String> left =
                Files.readAllLines(dump).stream()
                        .filter(line -> line.startsWith("#"))
                        .filter(line -> OURS.stream().anyMatch(name -> line.contains("\"" + name)))
                        .toList();
        Files.delete(dump);
        Files.delete(dump.getParent());
        return left;
    }
}
