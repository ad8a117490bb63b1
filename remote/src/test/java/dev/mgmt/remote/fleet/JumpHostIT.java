package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet behind one jump host, which dies while it runs. */
@Timeout(180)
class JumpHostIT {
    @TempDir private Path directory;
    private LoopbackFleet fleet;
    private LoopbackSshd gateway;
    private final FleetTranscript transcript = new FleetTranscript();

    @BeforeEach
    void layOut() throws Exception {
        fleet = new LoopbackFleet(directory);
        gateway = fleet.gateway();
        for (String host : List.of("h1", "h2")) {
            fleet.host(host, "graph: g\n");
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        fleet.close();
        assertEquals(List.of(), LoopbackFleet.leftThreads());
    }

    private void expectLosses(FleetEvent rest) throws InterruptedException {
        for (String host : List.of("h1", "h2")) {
            FleetEvent.Retrying told =
                    transcript.await(
                            FleetEvent.Retrying.class, 1, retrying -> retrying.host().equals(host));
            assertTrue(transcript.all().indexOf(told) > transcript.all().indexOf(rest));
            assertEquals(HostFailure.Cause.LINK_LOST, told.failure().cause(), told::toString);
            assertTrue(told.failure().toString().contains("gateway"), told::toString);
        }
    }

    @Test
    void hostsBehindItAreRegainedWhenItIsBack() throws Exception {
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);
            List<ProcessHandle> agents =
                    List.of(Processes.agent(fleet.cache("h1")), Processes.agent(fleet.cache("h2")));

            gateway.kill();
            expectLosses(rest);
            gateway.restart();

            transcript.awaitAfter(rest, FleetEvent.AtRest.class);
            agents.forEach(Processes::awaitEnd);
            run.stop();
            FleetReport report = run.await();
            for (HostReport host : report.hosts()) {
                assertInstanceOf(HostReport.Converged.class, host, transcript::toString);
                assertTrue(host.stages().containsKey(Stage.RECONNECTING), host::toString);
            }
        }
    }

    @Test
    void hostsBehindItAreLostWhenItStaysAway() throws Exception {
        fleet.pace(Paces.regainingFor(Duration.ofSeconds(2)));
        try (FleetRun run = fleet.start(fleet.watching(Duration.ZERO), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);

            gateway.kill();
            expectLosses(rest);

            for (HostReport host : run.await().hosts()) {
                HostReport.Lost lost = assertInstanceOf(HostReport.Lost.class, host);
                assertEquals(HostFailure.Cause.LINK_LOST, lost.failure().cause());
                assertTrue(lost.failure().what().contains("not regained"), lost::toString);
            }
        }
    }
}
