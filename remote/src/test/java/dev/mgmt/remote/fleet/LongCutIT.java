package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.net.FarHost;
import dev.mgmt.tunnel.net.LinkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cable that is pulled out of a running host, and nobody is told. */
@Timeout(180)
class LongCutIT {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @TempDir Path directory;

    private LoopbackFleet fleet;
    private FarHost far;
    private Path log;
    private final FleetTranscript transcript = new FleetTranscript();

    @BeforeEach
    void layOut() throws Exception {
        log = directory.resolve("log");
        fleet = new LoopbackFleet(directory);
        far =
                FarHost.behind(
                        LinkShape.PLAIN.delayed(Duration.ofMillis(10)),
                        "SetEnv MGMT_CACHE=" + fleet.cache("far"));
        fleet.farHost("far", far, graph());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        fleet.close();
        far.close();
    }

    private String graph() {
        return """
        graph: g
        resources:
          file:
          - {name: f, path: %1$s/held, content: x, state: exists}
          exec:
          - {name: e, shell: /bin/sh, cmd: 'echo done >>%2$s'}
        """
                .formatted(directory, log);
    }

    private void awaitHeldAgain() throws IOException, InterruptedException {
        Files.delete(directory.resolve("held"));
        Processes.awaitFile(directory.resolve("held"));
    }

    @Test
    void afterHalfAMinuteTheHostIsRegainedAndNothingIsRunTwice() throws Exception {
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent first = transcript.await(FleetEvent.AtRest.class, 1);
            ProcessHandle agent = Processes.agent(fleet.cache("far"));

            far.link().cut();
            FleetEvent.Retrying told = transcript.awaitAfter(first, FleetEvent.Retrying.class);
            assertEquals(HostFailure.Cause.LINK_LOST, told.failure().cause());
            // Cut off, it keeps the graph true.
            awaitHeldAgain();
            Thread.sleep(HALF_A_MINUTE);
            far.link().restore();

            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            Processes.awaitEnd(agent);
            int heard = transcript.all(FleetEvent.Engine.class).size();
            awaitHeldAgain();
            transcript.await(FleetEvent.Engine.class, heard + 1);
            // The file is there before its agent has said so, and what it wrote wakes it once more.
            transcript.awaitCalm(Duration.ofSeconds(1));
            assertEquals(List.of("done"), Files.readAllLines(log), transcript::toString);
            run.stop();
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
        }
        assertEquals(List.of(), Processes.agents(fleet.cache("far")));
    }

    @Test
    void beyondTheLingerTheAgentEndsByItselfAndTheHostIsGivenUp() throws Exception {
        fleet.pace(Paces.regainingFor(Duration.ofSeconds(5)));
        try (FleetRun run = fleet.start(fleet.watching(Duration.ofSeconds(2)), transcript)) {
            transcript.await(FleetEvent.AtRest.class, 1);
            ProcessHandle agent = Processes.agent(fleet.cache("far"));

            far.link().cut();

            FleetEvent.Failed failed = transcript.await(FleetEvent.Failed.class, 1);
            assertTrue(failed.failure().what().contains("not regained"), failed::toString);
            Processes.awaitEnd(agent);
            assertEquals(List.of(), Processes.agents(fleet.cache("far")));
            run.stop();
            assertInstanceOf(HostReport.Lost.class, run.await().hosts().getFirst());
        }
    }
}
