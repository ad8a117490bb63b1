package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent in another one's place: nothing runs twice, and nobody fights for a host. */
class TakeOverIT {
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
    void anAgentThatLingersIsTakenOverAndEnds() throws Exception {
        fleet.host("h1", "graph: g\n");
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);
            ProcessHandle old = Processes.agent(fleet.cache("h1"));

            Processes.session(old).destroyForcibly();

            FleetEvent.Retrying told = transcript.awaitAfter(rest, FleetEvent.Retrying.class);
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            Processes.awaitEnd(old);
            run.stop();
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
        }
    }

    @Test
    void whatRunsWhenTheLinkIsCutFinishesAndIsNotRunAgain() throws Exception {
        Path log = directory.resolve("log");
        fleet.host("h1", logging(log, 3));
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            Processes.awaitFile(log);

            Processes.session(Processes.agent(fleet.cache("h1"))).destroyForcibly();

            FleetEvent.Retrying told = transcript.await(FleetEvent.Retrying.class, 1);
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            assertEquals(List.of("begun", "done"), Files.readAllLines(log), transcript::toString);
            run.stop();
            run.await();
        }
    }

    @Test
    void whatIsDoneIsNotDoneAgainAfterTheAgentWasKilled() throws Exception {
        Path log = directory.resolve("log");
        fleet.host("h1", logging(log, 0));
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);

            Processes.agent(fleet.cache("h1")).destroyForcibly();

            FleetEvent.Retrying told = transcript.awaitAfter(rest, FleetEvent.Retrying.class);
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            assertEquals(List.of("begun", "done"), Files.readAllLines(log));
            run.stop();
            run.await();
        }
        // Another run is another matter: it was asked for.
        fleet.run(fleet.converging(), new FleetTranscript());
        assertEquals(4, Files.readAllLines(log).size());
    }

    @Test
    void aCommandThatOutlivesItsKilledAgentIsEndedBeforeItIsRunAgain() throws Exception {
        Path log = directory.resolve("log");
        fleet.host("h1", longTheFirstTime(log));
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            Processes.awaitFile(log);
            ProcessHandle agent = Processes.agent(fleet.cache("h1"));
            List<ProcessHandle> children = agent.descendants().toList();
            assertTrue(!children.isEmpty(), "no command runs");
            Processes.awaitText(fleet.cache("h1").resolve("state"), "running ");

            agent.destroyForcibly();

            FleetEvent.Retrying told = transcript.await(FleetEvent.Retrying.class, 1);
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            children.forEach(Processes::awaitEnd);
            assertEquals(List.of("begun", "begun", "done"), Files.readAllLines(log));
            run.stop();
            run.await();
        }
    }

    @Test
    void aSecondRunTakesTheHostOverAndTheFirstIsToldAndLetsItBe() throws Exception {
        fleet.host("h1", "graph: g\n");
        FleetTranscript second = new FleetTranscript();
        try (FleetRun first = fleet.start(fleet.watching(), transcript)) {
            transcript.await(FleetEvent.AtRest.class, 1);
            try (FleetRun other = fleet.start(fleet.watching(), second)) {
                FleetEvent.Failed failed = transcript.await(FleetEvent.Failed.class, 1);
                assertEquals(HostFailure.Cause.LINK_LOST, failed.failure().cause());
                assertTrue(failed.failure().what().contains("Another run"), failed::toString);
                assertTrue(failed.failure().why().contains("process"), failed::toString);
                second.await(FleetEvent.AtRest.class, 1);
                assertEquals(1, Processes.agents(fleet.cache("h1")).size());
                assertEquals(List.of(), transcript.all(FleetEvent.Retrying.class));
                other.stop();
                assertInstanceOf(HostReport.Converged.class, other.await().hosts().getFirst());
            }
            assertInstanceOf(HostReport.Lost.class, first.await().hosts().getFirst());
        }
    }

    @Test
    void anAgentThatDoesNotEndIsKilledWithWhatItStarted() throws Exception {
        fleet.pace(Paces.handingOverWithin(Duration.ofSeconds(1)));
        Path log = directory.resolve("log");
        fleet.host("h1", logging(log, 60));
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            Processes.awaitFile(log);
            ProcessHandle old = Processes.agent(fleet.cache("h1"));
            List<ProcessHandle> children = old.descendants().toList();
            Processes.signal("STOP", old);

            Processes.session(old).destroyForcibly();

            transcript.await(
                    FleetEvent.Engine.class,
                    1,
                    told ->
                            told.event() instanceof EngineEvent.Notice(String text)
                                    && text.contains("it is killed"));
            Processes.awaitEnd(old);
            children.forEach(Processes::awaitEnd);
            run.stop();
            run.stop();
            run.await();
        }
    }

    @Test
    void anAgentThatIsStuckIsMissedAndReplaced() throws Exception {
        fleet.pace(Paces.leasing(Duration.ofSeconds(8), Duration.ofSeconds(1)));
        fleet.host("h1", "graph: g\n");
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            FleetEvent rest = transcript.await(FleetEvent.AtRest.class, 1);
            ProcessHandle old = Processes.agent(fleet.cache("h1"));

            Processes.signal("STOP", old);

            FleetEvent.Retrying told = transcript.awaitAfter(rest, FleetEvent.Retrying.class);
            assertTrue(told.failure().why().contains("not heard of"), told::toString);
            transcript.awaitAfter(told, FleetEvent.AtRest.class);
            Processes.awaitEnd(old);
            run.stop();
            assertInstanceOf(HostReport.Converged.class, run.await().hosts().getFirst());
        }
    }

    private static String logging(Path log, int seconds) {
        return logging(log, "sleep " + seconds);
    }

    private static String longTheFirstTime(Path log) {
        return logging(log, "[ $(wc -l <%s) -gt 1 ] || sleep 300".formatted(log));
    }

    private static String logging(Path log, String work) {
        return """
        graph: g
        resources:
          exec:
          - name: e
            shell: /bin/sh
            cmd: echo begun >> %1$s; %2$s; echo done >> %1$s
        """
                .formatted(log, work);
    }
}
