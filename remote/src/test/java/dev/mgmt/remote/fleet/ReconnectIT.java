package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.tunnel.LoopbackSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Links that are cut and agents that die: real sshd, the real agent, both ended by their number.
 */
class ReconnectIT {
    @TempDir private Path directory;
    private LoopbackFleet fleet;
    private final FleetTranscript transcript = new FleetTranscript();

    @BeforeEach
    void layOut() throws Exception {
        fleet = new LoopbackFleet(directory);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        fleet.close();
        assertEquals(List.of(), LoopbackFleet.leftThreads());
    }

    @Test
    void aLinkThatIsCutIsRegainedAndTheFleetIsAtRestAgain() throws Exception {
        fleet.host("h1", graph());
        try (FleetRun run = fleet.start(fleet.watching(Duration.ZERO), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);
            ProcessHandle agent = Processes.agent(fleet.cache("h1"));

            Processes.session(agent).destroyForcibly();

            FleetEvent.Retrying told = transcript.awaitAfter(rest, FleetEvent.Retrying.class);
            assertEquals(HostFailure.Cause.LINK_LOST, told.failure().cause());
            assertTrue(told.givesUpIn().isPresent());
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            Processes.awaitEnd(agent);
            run.stop();
            FleetReport report = run.await();
            assertInstanceOf(HostReport.Converged.class, report.hosts().getFirst());
            assertTrue(
                    report.hosts().getFirst().stages().containsKey(Stage.RECONNECTING),
                    transcript::toString);
        }
    }

    @Test
    void aLinkThatIsOnlySilentIsNoticedAndRegained() throws Exception {
        fleet.pace(Paces.withKeepalives(Duration.ofSeconds(1)));
        fleet.host("h1", graph());
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);
            ProcessHandle agent = Processes.agent(fleet.cache("h1"));

            ProcessHandle session = Processes.session(agent);
            Processes.signal("STOP", session);

            FleetEvent.Retrying told = transcript.awaitAfter(rest, FleetEvent.Retrying.class);
            assertTrue(told.failure().why().contains("no sign of life"), told::toString);
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            // Only its parent can bury it.
            session.destroyForcibly();
            Processes.awaitEnd(agent);
            run.stop();
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
        }
    }

    @Test
    void anAgentThatIsKilledIsStartedAgain() throws Exception {
        fleet.host("h1", graph());
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);

            Processes.agent(fleet.cache("h1")).destroyForcibly();

            FleetEvent.Retrying told = transcript.awaitAfter(rest, FleetEvent.Retrying.class);
            assertEquals("The agent died", told.failure().what());
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            run.stop();
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
            assertEquals(List.of(), Processes.agents(fleet.cache("h1")));
        }
    }

    @Test
    void anAgentThatKeepsDyingIsGivenUpWithItsLastWords() throws Exception {
        fleet.close();
        fleet = new LoopbackFleet(directory.resolve("dying"), DyingAgent.class);
        fleet.host("h1", graph());

        FleetReport report = fleet.run(fleet.converging(), transcript);

        HostReport.Lost lost = assertInstanceOf(HostReport.Lost.class, report.hosts().getFirst());
        assertEquals(HostFailure.Cause.CANNOT_TAKE_AGENT, lost.failure().cause());
        assertTrue(lost.failure().what().contains("3 died in a row"), lost::toString);
        assertTrue(lost.failure().why().contains("out of patience"), lost::toString);
        assertEquals(2, transcript.all(FleetEvent.Retrying.class).size());
    }

    @Test
    void aServerThatIsStartedAgainGetsItsHostBack() throws Exception {
        LoopbackSshd sshd = fleet.host("h1", graph());
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            transcript.await(FleetEvent.AtRest.class, 1);

            sshd.kill();
            FleetEvent.Retrying down =
                    transcript.await(
                            FleetEvent.Retrying.class,
                            1,
                            it -> it.failure().cause() == HostFailure.Cause.UNREACHABLE);
            sshd.restart();

            transcript.awaitAfter(down, FleetEvent.AtRest.class);
            run.stop();
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
        }
    }

    @Test
    void aLinkThatIsNotRegainedIsReportedAndTheOthersGoOn() throws Exception {
        fleet.pace(Paces.regainingFor(Duration.ofSeconds(2)));
        LoopbackSshd doomed = fleet.host("h1", graph());
        fleet.host("h2", "graph: none\n");
        try (FleetRun run = fleet.start(fleet.watching(Duration.ZERO), transcript)) {
            transcript.await(FleetEvent.AtRest.class, 1);

            doomed.kill();

            FleetEvent.Failed failed = transcript.await(FleetEvent.Failed.class, 1);
            assertEquals("h1", failed.host());
            assertEquals(HostFailure.Cause.LINK_LOST, failed.failure().cause());
            assertTrue(failed.failure().what().contains("not regained"), failed::toString);
            run.stop();
            FleetReport report = run.await();
            assertInstanceOf(HostReport.Lost.class, report.hosts().getFirst());
            assertInstanceOf(HostReport.Converged.class, report.hosts().getLast());
        }
    }

    @Test
    void aRunThatEndsWhileAHostIsLostSaysThatItWasNotRegained() throws Exception {
        LoopbackSshd doomed = fleet.host("h1", graph());
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            transcript.await(FleetEvent.AtRest.class, 1);
            doomed.kill();
            transcript.await(FleetEvent.Retrying.class, 2);

            run.stop();

            HostReport.Lost lost =
                    assertInstanceOf(HostReport.Lost.class, run.await().hosts().getFirst());
            assertEquals(HostFailure.Cause.LINK_LOST, lost.failure().cause());
        }
    }

    @Test
    void aBrokenTransferIsRepeatedFromScratchAndLeavesNothing() throws Exception {
        Path slow = Files.createDirectory(directory.resolve("slow"));
        Files.writeString(
                slow.resolve("tar"),
                "#!/bin/sh\ntouch %s/begun\nsleep 1\nexec /bin/tar \"$@\"\n".formatted(slow));
        slow.resolve("tar").toFile().setExecutable(true);
        Path cache = fleet.cache("h1");
        LoopbackSshd sshd =
                fleet.host(
                        "h1",
                        graph(),
                        "SetEnv MGMT_CACHE=" + cache + " PATH=" + slow + ":/usr/bin:/bin");
        try (FleetRun run = fleet.start(fleet.converging(), transcript)) {
            Processes.awaitFile(slow.resolve("begun"));

            Processes.cutSessions(sshd);

            FleetEvent.Retrying told = transcript.await(FleetEvent.Retrying.class, 1);
            assertEquals(Stage.COPYING, told.failure().stage());
            assertEquals(Optional.empty(), told.givesUpIn());
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
        }
        try (Stream<Path> left = Files.list(cache.resolve("images"))) {
            assertEquals(List.of(cache.resolve("images/d1")), left.toList());
        }
    }

    @Test
    void aLostHostIsNoPartOfAFleetAtRest() throws Exception {
        LoopbackSshd sshd = fleet.host("h1", graph());
        FleetOptions options = fleet.converging(Duration.ofSeconds(3));
        try (FleetRun run = fleet.start(options, transcript)) {
            transcript.await(
                    FleetEvent.Status.class,
                    1,
                    told -> told.status().phase() == EngineStatus.Phase.IDLE);
            sshd.kill();
            transcript.await(FleetEvent.Retrying.class, 3);
            sshd.restart();

            FleetReport report = run.await();

            assertEquals(FleetReport.End.AT_REST, report.end(), transcript::toString);
            assertInstanceOf(HostReport.Converged.class, report.hosts().getFirst());
            assertTrue(report.took().compareTo(Duration.ofSeconds(3)) > 0);
            assertEquals(
                    Optional.empty(), transcript.all(FleetEvent.Failed.class).stream().findAny());
        }
    }

    private String graph() {
        return "graph: one\nresources:\n  file:\n  - name: f\n    path: "
                + directory.resolve("a")
                + "\n    content: x\n    state: exists\n";
    }
}
