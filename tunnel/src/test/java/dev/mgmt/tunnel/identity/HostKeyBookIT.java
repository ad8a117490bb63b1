package dev.mgmt.tunnel.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A known_hosts file that grows, beside other processes and on a full disk. */
@Timeout(60)
class HostKeyBookIT {
    @TempDir private Path directory = Path.of("");

    private static List<String> java(Path file, int first, int count) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GrowingKnownHosts.class.getName(),
                file.toString(),
                String.valueOf(first),
                String.valueOf(count));
    }

    private static Process start(List<String> command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String said(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** Half of their hosts are the same. */
    @Test
    void twoProcessesWriteEachHostOnceAndEachLineWhole() throws Exception {
        Path file = Files.writeString(directory.resolve("known_hosts"), "# no end of line");
        Process one = start(java(file, 0, 200));
        Process two = start(java(file, 100, 200));
        said(one);
        said(two);
        List<String> lines = Files.readAllLines(file);
        assertEquals(301, lines.size());
        assertEquals("# no end of line", lines.getFirst());
        for (int i = 0; i < 300; i++) {
            String line = "host" + i + " ssh-ed25519 " + "A".repeat(68);
            assertEquals(1, lines.stream().filter(line::equals).count(), line);
        }
    }

    /**
     * Two pages of memory: the file has all but a few bytes of one, and something else the other.
     */
    @Test
    void fullDiskLeavesNothingHalfWritten() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Path copy = directory.resolve("copy");
        String script =
                """
                set -e
                mount -t tmpfs -o size=8k none "$1"
                head -c 4060 /dev/zero | tr '\\0' '#' > "$1/known_hosts"
                head -c 4096 /dev/zero > "$1/other"
                disk=$1 copy=$2
                shift 2
                "$@"
                cat "$disk/known_hosts" > "$copy"
                """;
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                "-c",
                                script,
                                "sh",
                                disk.toString(),
                                copy.toString()));
        command.addAll(java(disk.resolve("known_hosts"), 0, 1));
        String said = said(start(command));
        assertTrue(said.contains("failed: No space left on device"), said);
        assertEquals("#".repeat(4060), Files.readString(copy));
    }
}
