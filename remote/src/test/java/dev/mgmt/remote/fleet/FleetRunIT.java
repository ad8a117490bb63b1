package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.tunnel.LoopbackSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs: real sshd, real upload, the real agent in a process of its own. */
class FleetRunIT {
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
    void twoHostsExchangeTheirFilesAndConverge() throws Exception {
        fleet.host("h1", exchanging("h1"));
        fleet.host("h2", exchanging("h2"));

        FleetReport report = fleet.run(fleet.converging(), transcript);

        assertEquals(FleetReport.End.AT_REST, report.end(), transcript::toString);
        for (String host : List.of("h1", "h2")) {
            assertInstanceOf(HostReport.Converged.class, of(report, host));
            assertEquals(
                    List.of("from-h1", "from-h2", "local"),
                    names(directory.resolve("files-" + host)));
        }
        assertEquals("of h1", Files.readString(directory.resolve("files-h2/from-h1")));
        assertFalse(transcript.all(FleetEvent.ImageSent.class).isEmpty());
        assertEquals(List.of(), transcript.all(FleetEvent.GateRefused.class));
    }

    @Test
    void hostsFillTheirTemplatesWithWhatTheInventoryAndTheOthersSay() throws Exception {
        fleet.variables("role: web");
        fleet.host("h1", gathering("81"));
        fleet.host("h2", gathering("82"));

        FleetReport report = fleet.run(fleet.converging(), transcript);

        assertEquals(FleetReport.End.AT_REST, report.end(), transcript::toString);
        for (String host : List.of("h1", "h2")) {
            assertInstanceOf(HostReport.Converged.class, of(report, host));
            assertEquals(
                    "web: h1=81 h2=82 ", Files.readString(directory.resolve(host + "-gathered")));
        }
        assertEquals(List.of(), transcript.all(FleetEvent.GateRefused.class));
    }

    private String gathering(String port) {
        return """
        graph: gathering
        vars: {directory: %s}
        resources:
          kv:
          - {name: port, value: %s}
          file:
          - name: !template "{{directory}}/{{facts.host}}-gathered"
            content: !template "{{role}}: {{#kv[port]}}{{host}}={{value}} {{/kv[port]}}"
        """
                .formatted(directory, port);
    }

    /** All hosts are this one machine: two at once would find the directory there. */
    @Test
    void aSemaphoreOfTheFleetLetsOneHostAfterTheOtherThrough() throws Exception {
        for (String host : List.of("h1", "h2", "h3")) {
            fleet.host(host, oneAtATime());
        }

        FleetReport report = fleet.run(fleet.converging(), transcript);

        assertEquals(FleetReport.End.AT_REST, report.end(), transcript::toString);
        for (String host : List.of("h1", "h2", "h3")) {
            assertInstanceOf(HostReport.Converged.class, of(report, host), transcript::toString);
        }
        assertEquals(List.of(), transcript.all(FleetEvent.GateRefused.class));
    }

    private String oneAtATime() {
        return """
        graph: careful
        resources:
          exec:
          - name: a
            shell: /bin/sh
            cmd: mkdir %1$s/alone && sleep 0.3 && rmdir %1$s/alone
            meta: {sema: [fleet/alone]}
        """
                .formatted(directory);
    }

    @Test
    void aSecondRunReusesTheImage() throws Exception {
        fleet.host("h1", file("a"));
        fleet.run(fleet.converging(), new FleetTranscript());

        FleetReport report = fleet.run(fleet.converging(), transcript);

        assertInstanceOf(HostReport.Converged.class, of(report, "h1"));
        assertEquals(
                List.of(new FleetEvent.ImageReused("h1", "d1")),
                transcript.all(FleetEvent.ImageReused.class));
        assertEquals(List.of(), transcript.all(FleetEvent.ImageSent.class));
        assertFalse(of(report, "h1").stages().containsKey(Stage.COPYING));
        assertEquals(List.of("d1"), names(fleet.cache("h1").resolve("images")));
        assertEquals(List.of(), names(fleet.cache("h1").resolve("running")));
    }

    @Test
    void nothingStaysOnAHostThatIsToBeCleaned() throws Exception {
        fleet.host("h1", file("a"));

        FleetReport report =
                fleet.run(
                        fleet.converging(
                                Duration.ofSeconds(60), FleetOptions.Afterwards.REMOVE_IMAGE),
                        transcript);

        assertInstanceOf(HostReport.Converged.class, of(report, "h1"));
        assertFalse(Files.exists(fleet.cache("h1")));
    }

    @Test
    void everyBadHostIsReportedWithItsOwnReasonAndTheGoodOneConverges() throws Exception {
        fleet.host("good", file("a"));
        fleet.deadHost("down", file("b"));
        fleet.unwillingHost("unwilling", file("c"));
        fleet.strangeHost("strange", file("d"));

        FleetReport report = fleet.run(fleet.converging(), transcript);

        assertInstanceOf(HostReport.Converged.class, of(report, "good"), transcript::toString);
        assertTrue(Files.exists(directory.resolve("a")));
        assertEquals(HostFailure.Cause.UNREACHABLE, failure(report, "down").cause());
        assertEquals(HostFailure.Cause.LOGIN_REFUSED, failure(report, "unwilling").cause());
        HostFailure strange = failure(report, "strange");
        assertEquals(HostFailure.Cause.HOST_KEY, strange.cause());
        assertTrue(strange.why().contains("SHA256:"), strange::why);
        assertTrue(strange.advice().contains("ssh-ed25519"), strange::advice);
        assertEquals(
                2,
                transcript.all(FleetEvent.Retrying.class).size(),
                "only the host that is down is worth another try");
    }

    @Test
    void aHostWhoseDiskIsFullIsReportedWithWhatIsNeeded() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        LoopbackSshd.run(
                List.of("mount", "-t", "tmpfs", "-o", "size=200k,mode=700", "none", small + ""));
        try {
            fleet.host("full", file("a"), "SetEnv MGMT_CACHE=" + small);
            fleet.host("good", file("b"));

            FleetReport report = fleet.run(fleet.converging(), transcript);

            assertInstanceOf(HostReport.Converged.class, of(report, "good"));
            HostFailure failure = failure(report, "full");
            assertEquals(HostFailure.Cause.CANNOT_TAKE_AGENT, failure.cause());
            assertTrue(failure.why().contains("free and the image needs"), failure::why);
            assertEquals(List.of(), names(small));
        } finally {
            LoopbackSshd.run(List.of("umount", small.toString()));
        }
    }

    @Test
    void aDirectoryThatAllowsNoExecutionIsNotTaken() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("noexec"));
        LoopbackSshd.run(
                List.of("mount", "-t", "tmpfs", "-o", "noexec,mode=700", "none", mount + ""));
        try {
            fleet.host("h1", file("a"), "SetEnv MGMT_CACHE=" + mount);

            HostFailure failure = failure(fleet.run(fleet.converging(), transcript), "h1");

            assertEquals(HostFailure.Cause.CANNOT_TAKE_AGENT, failure.cause());
            assertTrue(failure.why().contains("does not allow execution"), failure::why);
        } finally {
            LoopbackSshd.run(List.of("umount", mount.toString()));
        }
    }

    @Test
    void aBrokenArchiveLeavesNothingOnTheHost() throws Exception {
        fleet.host("h1", file("a"));
        fleet.breakArchive();

        HostFailure failure = failure(fleet.run(fleet.converging(), transcript), "h1");

        assertEquals(HostFailure.Cause.CANNOT_TAKE_AGENT, failure.cause());
        assertTrue(failure.why().contains("did not arrive whole"), failure::why);
        assertEquals(List.of(), names(fleet.cache("h1").resolve("images")));
    }

    @Test
    void resourcesThatFailAreReportedAndDoNotHoldUpTheEnd() throws Exception {
        fleet.host("h1", file("no/such/parent"));

        FleetReport report = fleet.run(fleet.converging(), transcript);

        HostReport.ResourcesFailed failed =
                assertInstanceOf(HostReport.ResourcesFailed.class, of(report, "h1"));
        assertEquals(1, failed.status().failures().size());
    }

    @Test
    void aRunThatTakesTooLongEndsAndSaysHowFarItCame() throws Exception {
        fleet.host("h1", "graph: slow\nresources:\n  exec:\n  - name: s\n    cmd: sleep 60\n");

        FleetReport report =
                fleet.run(
                        fleet.converging(
                                Duration.ofSeconds(12), FleetOptions.Afterwards.KEEP_IMAGE),
                        transcript);

        assertEquals(FleetReport.End.TIMED_OUT, report.end());
        HostReport.Unfinished unfinished =
                assertInstanceOf(HostReport.Unfinished.class, of(report, "h1"));
        assertEquals(Stage.RUNNING, unfinished.reached());
    }

    @Test
    void aWatchingRunPushesAnEditAndRefusesABrokenOne() throws Exception {
        fleet.host("h1", file("a"));
        fleet.host("h2", file("b"));
        try (FleetRun run = fleet.start(fleet.watching(), transcript)) {
            transcript.await(FleetEvent.AtRest.class, 1);

            Files.writeString(fleet.graphFile("h1"), file("c"));
            FleetEvent.Pushed pushed = transcript.await(FleetEvent.Pushed.class, 1);
            assertEquals(new FleetEvent.Pushed(List.of("h1"), 0, 1, 0), pushed);
            transcript.awaitAfter(pushed, FleetEvent.AtRest.class);
            assertTrue(Files.exists(directory.resolve("c")));

            Files.writeString(fleet.graphFile("h1"), "graph: [broken\n");
            FleetEvent.EditRefused refused = transcript.await(FleetEvent.EditRefused.class, 1);
            assertEquals(fleet.graphFile("h1").getFileName(), refused.file().getFileName());
            Files.delete(directory.resolve("c"));
            awaitFile(directory.resolve("c"));

            run.stop();
            FleetReport report = run.await();
            assertEquals(FleetReport.End.STOPPED, report.end());
            assertInstanceOf(HostReport.Converged.class, of(report, "h2"));
            assertEquals(List.of(), names(fleet.cache("h1").resolve("running")));
        }
    }

    @Test
    void aRunThatIsStoppedWhileHostsAreBroughtUpEndsSoon() throws Exception {
        fleet.host("h1", file("a"));
        try (FleetRun run = fleet.start(fleet.converging(), transcript)) {
            transcript.await(FleetEvent.Entered.class, 1);

            run.stop();

            FleetReport report = run.await();
            assertEquals(FleetReport.End.INTERRUPTED, report.end());
            assertInstanceOf(HostReport.Unfinished.class, of(report, "h1"));
        }
    }

    @Test
    void aHostGetsNothingThatIsNotItsOwn() throws Exception {
        fleet.close();
        fleet = new LoopbackFleet(directory.resolve("nosy"), NosyAgent.class);
        fleet.host("h1", file("a"));
        fleet.deadHost("h2", file("b"));
        try (FleetRun _ = fleet.start(fleet.watching(), transcript)) {
            transcript.await(
                    FleetEvent.Engine.class,
                    1,
                    told -> told.event().equals(new EngineEvent.Notice("done")));
            List<String> notices =
                    transcript.all(FleetEvent.Engine.class).stream()
                            .map(told -> ((EngineEvent.Notice) told.event()).text())
                            .filter(text -> !text.startsWith("the agent's process says"))
                            .toList();

            assertEquals(
                    List.of(
                            "own graph: 1 entries",
                            "other graph: refused",
                            "all: refused",
                            "exports: refused",
                            "other graph written: refused",
                            "other status written: refused",
                            "own graph written: refused",
                            "fleet written: refused",
                            "own value written: done",
                            "own value: 1 entries",
                            "other value written: refused",
                            "other value: refused",
                            "own place: done",
                            "other place: refused",
                            "places: 1 entries",
                            "done"),
                    notices);
            // Four readings and six writings: the first of each is told at once, the rest at the
            // end.
            assertEquals(
                    List.of(1L, 1L),
                    transcript.all(FleetEvent.GateRefused.class).stream()
                            .map(FleetEvent.GateRefused::times)
                            .toList());
        }
    }

    private String exchanging(String host) throws IOException {
        Path files = Files.createDirectory(directory.resolve("files-" + host));
        return """
        graph: exchange
        resources:
          file:
          - name: local
            path: %1$s/local
            content: local
            state: exists
          - name: "@@from-%2$s"
            path: %1$s/from-%2$s
            content: of %2$s
            state: exists
        collect:
        - kind: file
          pattern: %1$s/
        """
                .formatted(files, host);
    }

    private String file(String name) {
        return "graph: one\nresources:\n  file:\n  - name: f\n    path: "
                + directory.resolve(name)
                + "\n    content: x\n    state: exists\n";
    }

    private static HostReport of(FleetReport report, String host) {
        Map<String, HostReport> byName =
                report.hosts().stream()
                        .collect(Collectors.toMap(HostReport::host, Function.identity()));
        HostReport found = byName.get(host);
        assertTrue(found != null, () -> "no report of " + host);
        return found;
    }

    private static HostFailure failure(FleetReport report, String host) {
        return assertInstanceOf(HostReport.Lost.class, of(report, host)).failure();
    }

    private static void awaitFile(Path file) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(file)) {
            assertTrue(System.nanoTime() < end, () -> file + " does not come back");
            Thread.sleep(10);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
