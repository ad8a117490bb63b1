package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetRunIT {
    @TempDir private Path directory;

    @Test
    void hostsConverge() throws Exception {
        try (LoopbackFleet fleet = new LoopbackFleet(directory)) {
            fleet.host("h1", "graph: one\nresources:\n  noop:\n  - name: a\n");
            fleet.host("h2", "graph: two\nresources:\n  noop:\n  - name: b\n");
            for (int i = 0; i < 4; i++) {
                FleetTranscript transcript = new FleetTranscript();

                FleetReport report = fleet.run(fleet.converging(), transcript);

                System.err.println(report);
                System.err.println(transcript.all());
                assertEquals(FleetReport.End.AT_REST, report.end());
                assertInstanceOf(HostReport.Converged.class, report.hosts().getFirst());
            }
        }
    }
}
