package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Failure;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An engine with a driver that groups. */
class JointRunTest {
    private static final String THREE =
            """
            graph: g
            resources:
              noop:
              - name: a
              - name: b
              - name: c
            """;

    private final List<Integer> actions = new ArrayList<>();

    @FunctionalInterface
    private interface Action {
        List<Outcome> of(List<ResourceDriver.Joined> members)
                throws IOException, InterruptedException;
    }

    private GraphTester open(Action action) {
        DriverRegistry drivers =
                new DriverRegistry(() -> {}).add(NoopResource.class, new GroupingDriver(action));
        return GraphTester.open(EngineOptions.of("h1"), new MemoryWorld(), drivers);
    }

    private final class GroupingDriver implements ResourceDriver<NoopResource> {
        private final Action action;

        GroupingDriver(Action action) {
            this.action = action;
        }

        @Override
        public Freshness freshness(NoopResource resource) {
            return Freshness.SETTLED;
        }

        @Override
        public Optional<Object> groupKey(NoopResource resource) {
            return Optional.of("all");
        }

        @Override
        public List<Outcome> runTogether(List<Joined> members)
                throws IOException, InterruptedException {
            actions.add(members.size());
            return action.of(members);
        }

        @Override
        public Keeper keeper(NoopResource resource, OutputListener output) {
            return new Keeper() {
                @Override
                public Outcome run(Attempt attempt) {
                    actions.add(1);
                    return Outcome.GOOD;
                }

                @Override
                public Watch watch(WatchListener listener) {
                    return Watch.NONE;
                }
            };
        }
    }

    @Test
    void eachMemberHasItsOwnOutcome() {
        try (GraphTester tester =
                open(
                        members ->
                                List.of(
                                        Outcome.GOOD,
                                        Outcome.changed("x", ""),
                                        Outcome.Failed.because("why")))) {
            EngineStatus status = tester.converge(THREE);
            assertEquals(List.of(3), actions);
            assertEquals(2, status.counts().good());
            assertEquals(1, status.counts().changed());
            assertEquals(List.of("why"), reasons(status));
        }
    }

    @Test
    void anActionThatFailsFailsAll() {
        try (GraphTester tester =
                open(
                        members -> {
                            throw new IOException("the package manager is locked");
                        })) {
            assertEquals(
                    List.of(
                            "the package manager is locked",
                            "the package manager is locked",
                            "the package manager is locked"),
                    reasons(tester.converge(THREE)));
        }
    }

    @Test
    void aDefectOfTheDriverIsCalledOne() {
        try (GraphTester tester = open(members -> List.of(Outcome.GOOD))) {
            EngineStatus status = tester.converge(THREE);
            assertEquals(
                    "a defect of this program: 1 outcomes of 3 resources",
                    reasons(status).getFirst());
            assertEquals(3, status.failures().size());
        }
    }

    @Test
    void oneAloneRunsAsAlways() {
        try (GraphTester tester = open(members -> List.of())) {
            EngineStatus status = tester.converge("graph: g\nresources:\n  noop:\n  - name: a\n");
            assertEquals(1, status.counts().good());
            assertEquals(List.of(1), actions);
        }
    }

    @Test
    void printsAreSaidInOneGo() {
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(
                    """
                    graph: g
                    resources:
                      print:
                      - name: a
                        msg: one
                      - name: b
                        msg: two
                    """);
            assertEquals(
                    List.of("one", "two"),
                    tester.events(EngineEvent.Output.class).stream()
                            .map(EngineEvent.Output::line)
                            .toList());
        }
    }

    private static List<String> reasons(EngineStatus status) {
        return status.failures().stream().map(Failure::reason).toList();
    }
}
