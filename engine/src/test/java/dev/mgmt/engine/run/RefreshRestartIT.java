package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that end between a change and the refresh it owes. */
class RefreshRestartIT {
    private static final String GRAPH =
            """
            graph: g
            resources: {noop: [{name: sender}, {name: receiver}]}
            edges: ["noop[sender] ~> noop[receiver]"]
            """;

    @TempDir private Path dir;

    /** The sender changes something once; what the receiver does is up to the test. */
    private final List<Attempt> received = new ArrayList<>();

    private boolean sent;
    private Receiver receiver = _ -> Outcome.GOOD;

    private interface Receiver {
        Outcome run(Attempt attempt) throws InterruptedException;
    }

    private final class ScriptedDriver implements ResourceDriver<NoopResource> {
        @Override
        public Freshness freshness(NoopResource resource) {
            return Freshness.SETTLED;
        }

        @Override
        public Keeper keeper(NoopResource resource, OutputListener output) {
            return new Keeper() {
                @Override
                public Outcome run(Attempt attempt) throws InterruptedException {
                    if (resource.id().name().equals("receiver")) {
                        received.add(attempt);
                        return receiver.run(attempt);
                    }
                    boolean first = !sent;
                    sent = true;
                    return first ? Outcome.changed("x", "") : Outcome.GOOD;
                }

                @Override
                public Watch watch(WatchListener listener) {
                    return Watch.NONE;
                }
            };
        }
    }

    private GraphTester open(EngineOptions options) {
        DriverRegistry drivers =
                new DriverRegistry(() -> {}).add(NoopResource.class, new ScriptedDriver());
        return GraphTester.open(options, new MemoryWorld(), drivers);
    }

    private GraphTester open() {
        return open(EngineOptions.of("h1").withStateDirectory(dir.resolve("state/h1")));
    }

    private void killWhileTheReceiverRuns() {
        CountDownLatch runs = new CountDownLatch(1);
        receiver =
                _ -> {
                    runs.countDown();
                    new CountDownLatch(1).await();
                    return Outcome.GOOD;
                };
        try (GraphTester tester = open()) {
            tester.submit(GRAPH);
            tester.await("the receiver to run", () -> runs.getCount() == 0);
        }
        receiver = _ -> Outcome.GOOD;
        received.clear();
    }

    @Test
    void receiverThatWasKilledRunsWithItsRefreshInTheNextEngine() throws IOException {
        killWhileTheReceiverRuns();
        Path notes = dir.resolve("state/h1/refreshes");
        assertEquals("+noop/receiver\n", Files.readString(notes));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(notes)));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(dir.resolve("state/h1"))));
        try (GraphTester tester = open()) {
            tester.converge(GRAPH);
        }
        assertTrue(received.getFirst().refreshes());
        assertFalse(Files.exists(notes));
        received.clear();
        try (GraphTester tester = open()) {
            tester.converge(GRAPH);
        }
        assertFalse(received.getFirst().refreshes());
    }

    @Test
    void receiverThatFailsIsStillOwedItsRefreshAfterARestart() {
        receiver = _ -> Outcome.Failed.because("not now");
        try (GraphTester tester = open()) {
            tester.converge(GRAPH);
        }
        receiver = _ -> Outcome.GOOD;
        received.clear();
        try (GraphTester tester = open()) {
            tester.converge(GRAPH);
        }
        assertTrue(received.getFirst().refreshes());
    }

    @Test
    void whatIsHalfWrittenSaysNothing() throws IOException {
        killWhileTheReceiverRuns();
        Path notes = dir.resolve("state/h1/refreshes");
        Files.writeString(notes, Files.readString(notes) + "-noop/rece");
        try (GraphTester tester = open()) {
            tester.converge(GRAPH);
        }
        assertTrue(received.getFirst().refreshes());
    }

    @Test
    void engineWithoutAPlaceOfItsOwnForgetsAndOneWithoutRefreshesWritesNothing() {
        EngineOptions nowhere = EngineOptions.of("h1");
        receiver = _ -> Outcome.Failed.because("not now");
        try (GraphTester tester = open(nowhere)) {
            tester.converge(GRAPH);
        }
        received.clear();
        try (GraphTester tester = open()) {
            tester.converge(GRAPH);
            assertFalse(Files.exists(dir.resolve("state")));
        }
        assertFalse(received.getFirst().refreshes());
    }

    @Test
    void refreshOfWhatHasLeftTheGraphIsNotOwedAnyMore() {
        killWhileTheReceiverRuns();
        try (GraphTester tester = open()) {
            tester.converge("graph: g\nresources: {noop: [{name: sender}]}\n");
            tester.converge(GRAPH);
        }
        assertFalse(received.getFirst().refreshes());
    }

    @Test
    void secondEngineInOnePlaceSaysThatItMayForget() {
        receiver = _ -> Outcome.Failed.because("not now");
        try (GraphTester first = open()) {
            first.converge(GRAPH);
            receiver = _ -> Outcome.GOOD;
            try (GraphTester second = open()) {
                second.converge(GRAPH);
                assertEquals(1, second.events(EngineEvent.Notice.class).size());
            }
        }
    }
}
