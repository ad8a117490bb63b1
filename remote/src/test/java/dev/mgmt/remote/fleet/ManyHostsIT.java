package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.net.FarHost;
import dev.mgmt.tunnel.net.LinkShape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thirty hosts, more than one in five of which fails, each in a way of its own. */
@Timeout(300)
class ManyHostsIT {
    private static final int GOOD = 22;

    @TempDir Path directory;

    @Test
    void everyFailureStandsInTheTableAndTheOthersConverge() throws Exception {
        FleetTranscript transcript = new FleetTranscript();
        try (LoopbackFleet fleet = new LoopbackFleet(directory);
                FarHost far = FarHost.behind(LinkShape.PLAIN);
                ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (int i = 1; i <= GOOD; i++) {
                fleet.host("good%02d".formatted(i), file("good" + i));
            }
            fleet.deadHost("refused", file("x"));
            fleet.farHost("silent", far, file("x"));
            far.link().cut();
            fleet.unwillingHost("unwilling", file("x"));
            fleet.strangeHost("strange", file("x"));
            fleet.changedHost("changed", file("x"));
            fleet.host("noisy", file("x"), "ForceCommand echo Welcome; echo to this host; exit 0");
            fleet.host("full", file("x"), "SetEnv MGMT_CACHE=/proc/nothing");
            fleet.port("mute", mute.getLocalPort(), file("x"));

            FleetReport report =
                    fleet.run(
                            fleet.impatient(Duration.ofMinutes(4), Duration.ofSeconds(10)),
                            transcript);

            assertEquals(FleetReport.End.AT_REST, report.end(), transcript::toString);
            assertEquals(30, report.hosts().size());
            assertEquals(
                    Map.of(
                            "refused", "UNREACHABLE",
                            "silent", "UNREACHABLE",
                            "unwilling", "LOGIN_REFUSED",
                            "strange", "HOST_KEY",
                            "changed", "HOST_KEY",
                            "noisy", "CANNOT_TAKE_AGENT",
                            "full", "CANNOT_TAKE_AGENT",
                            "mute", "UNREACHABLE"),
                    failures(report),
                    transcript::toString);
            for (int i = 1; i <= GOOD; i++) {
                assertTrue(Files.exists(directory.resolve("good" + i)), "good" + i);
            }
            assertFalse(Files.exists(directory.resolve("x")));
        }
    }

    private static Map<String, String> failures(FleetReport report) {
        Map<String, String> failures = new TreeMap<>();
        for (HostReport host : report.hosts()) {
            if (host instanceof HostReport.Lost lost) {
                HostFailure failure = lost.failure();
                assertFalse(failure.what().isEmpty(), failure::toString);
                assertFalse(failure.why().isEmpty(), failure::toString);
                assertFalse(failure.advice().isEmpty(), failure::toString);
                failures.put(host.host(), failure.cause().name());
            }
        }
        return failures;
    }

    private String file(String name) throws IOException {
        return "graph: one\nresources:\n  file:\n  - name: f\n    path: "
                + directory.resolve(name)
                + "\n    content: x\n    state: exists\n";
    }
}
