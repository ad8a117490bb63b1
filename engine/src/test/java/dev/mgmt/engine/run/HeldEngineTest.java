package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.world.MemoryWorld;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An engine whose vertices run only when the test lets them. */
class HeldEngineTest {
    private static final int VERTICES = 10_000;

    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();

    private final class HeldDriver implements ResourceDriver<NoopResource> {
        @Override
        public Freshness freshness(NoopResource resource) {
            return Freshness.SETTLED;
        }

        @Override
        public Keeper keeper(NoopResource resource, OutputListener output) {
            return new Keeper() {
                @Override
                public Outcome run(Attempt attempt) throws InterruptedException {
                    begun.incrementAndGet();
                    permits.acquire();
                    return Outcome.GOOD;
                }

                @Override
                public Watch watch(WatchListener listener) {
                    return Watch.NONE;
                }
            };
        }
    }

    private GraphTester open() {
        DriverRegistry drivers =
                new DriverRegistry(() -> {}).add(NoopResource.class, new HeldDriver());
        return GraphTester.open(EngineOptions.of("h1"), new MemoryWorld(), drivers);
    }

    private static String vertices(int count) {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  noop:\n");
        for (int i = 0; i < count; i++) {
            yaml.append("  - name: n").append(i).append('\n');
        }
        return yaml.toString();
    }

    @Test
    void graphIsNotIdleBeforeItsLastVertexHasRun() {
        try (GraphTester tester = open()) {
            assertEquals(Phase.PREPARING, tester.engine().status().phase());
            tester.submit(vertices(VERTICES));
            tester.await("all begun", () -> begun.get() == VERTICES);
            permits.release(VERTICES - 1);
            tester.await(
                    "all but one good",
                    () -> tester.engine().status().counts().good() == VERTICES - 1);
            assertEquals(Phase.PREPARING, tester.engine().status().phase());
            for (EngineEvent.StatusChanged event : tester.events(EngineEvent.StatusChanged.class)) {
                assertEquals(Phase.PREPARING, event.status().phase());
            }
            permits.release();
            EngineStatus status = tester.awaitIdle();
            assertEquals(VERTICES, status.counts().good());
        }
    }

    @Test
    void idleGraphIsNotIdleAnyMoreWhileItsSuccessorRuns() {
        try (GraphTester tester = open()) {
            permits.release(1);
            tester.converge(vertices(1));
            tester.forgetEvents();
            tester.submit(vertices(3));
            tester.await("all begun", () -> begun.get() == 3);
            assertEquals(Phase.WORKING, tester.engine().status().phase());
            permits.release(2);
            tester.awaitIdle();
            assertFalse(
                    tester.events(EngineEvent.StatusChanged.class).stream()
                            .map(EngineEvent.StatusChanged::status)
                            .anyMatch(
                                    status ->
                                            status.phase() == Phase.IDLE
                                                    && status.graphRevision() == 2
                                                    && status.counts().good() < 3));
        }
    }

    @Test
    void closeDoesNotWaitForWhatIsHeld() {
        GraphTester tester = open();
        tester.submit(vertices(5));
        tester.await("all begun", () -> begun.get() == 5);
        tester.close();
        assertEquals(0, permits.getQueueLength());
    }
}
