package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random graphs with groups are run to their end, with answers in any order. */
class GroupedRunSimulationTest {
    private static final int ROUNDS = 1000;

    @Test
    void noGroupEverBringsARunToAHalt() {
        long seed = new Random().nextLong();
        System.out.println("GroupedRunSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            new Play(random, "seed " + seed + ", round " + round).play();
        }
    }

    private static final class Play {
        private final Random random;
        private final String where;
        private final boolean troubled;
        private final Step step;
        private final List<Input> pending = new ArrayList<>();
        private final Map<Long, ResourceGraph> graphs = new HashMap<>();
        private final Set<ResourceId> running = new HashSet<>();
        private final Map<ResourceId, List<ResourceId>> firstRun = new HashMap<>();
        private ResourceGraph graph = ResourceGraph.empty();

        Play(Random random, String where) {
            this.random = random;
            this.where = where;
            troubled = random.nextBoolean();
            step = new Step(EngineOptions.of("h"), Play::freshness, random);
        }

        void play() {
            for (long revision = 1; revision <= (troubled ? 3 : 1); revision++) {
                take(new Input.Submitted(definition(), revision));
                int answers = random.nextInt(40);
                for (int i = 0; i < answers; i++) {
                    answer();
                }
            }
            for (int i = 0; !pending.isEmpty(); i++) {
                assertTrue(i < 100_000, where + " comes to no end");
                answer();
            }
            EngineStatus status = step.status();
            assertEquals(Phase.IDLE, status.phase(), where);
            int settled = status.failures().size() + status.blocked().size();
            assertEquals(graph.size(), status.counts().good() + settled, where);
            if (!troubled) {
                assertEquals(graph.size(), status.counts().good(), where);
                for (List<ResourceId> group : graph.groups()) {
                    for (ResourceId member : group) {
                        assertEquals(
                                Set.copyOf(group),
                                Set.copyOf(firstRun.getOrDefault(member, List.of())),
                                where);
                    }
                }
            }
        }

        private void answer() {
            if (pending.isEmpty()) {
                return;
            }
            Input answer = pending.remove(random.nextInt(pending.size()));
            if (answer instanceof Input.Ran(Ticket ticket, Outcome _)) {
                running.remove(ticket.id());
                boolean fails = troubled && random.nextInt(4) == 0;
                answer = new Input.Ran(ticket, fails ? Outcome.Failed.because("x") : Outcome.GOOD);
            }
            take(answer);
        }

        private void take(Input input) {
            for (Effect effect : step.take(input)) {
                perform(effect);
            }
        }

        private void perform(Effect effect) {
            switch (effect) {
                case Effect.StartWatch(Ticket vertex) ->
                        pending.add(new Input.WatchStarted(vertex));
                case Effect.Run run -> begin(List.of(run));
                case Effect.RunTogether(List<Effect.Run> runs) -> begin(runs);
                case Effect.SetTimer(Timer timer, Duration _) -> pending.add(new Input.Rang(timer));
                case Effect.Build build -> {
                    GraphBuilding.Built built =
                            assertInstanceOf(
                                    GraphBuilding.Built.class,
                                    ResourceGraph.of(
                                            build.definition(), List.of(), new DashedGroups()));
                    graphs.put(build.revision(), built.graph());
                    pending.add(
                            new Input.Built(
                                    build.definition(),
                                    build.revision(),
                                    built.graph(),
                                    List.of()));
                }
                case Effect.ReadExports() -> pending.add(new Input.ExportsRead(List.of()));
                case Effect.CommitExports _ -> pending.add(new Input.ExportsCommitted(1));
                case Effect.Tell(EngineEvent.GraphSwitched switched) ->
                        graph = Objects.requireNonNull(graphs.get(switched.revision()));
                case Effect.Adopt _,
                        Effect.StopWatch _,
                        Effect.Release _,
                        Effect.Interrupt _,
                        Effect.NoteOwed _,
                        Effect.NotePaid _,
                        Effect.TakePlace _,
                        Effect.LeavePlace _,
                        Effect.Tell _,
                        Effect.OpenCollection _,
                        Effect.CloseCollection _,
                        Effect.Finish _ -> {}
            }
        }

        private void begin(List<Effect.Run> runs) {
            List<ResourceId> together = runs.stream().map(run -> run.vertex().id()).toList();
            for (ResourceId id : together) {
                assertTrue(running.add(id), where + ": two runs at once of " + id);
                for (ResourceId other : together) {
                    assertFalse(graph.predecessors(id).contains(other), where);
                }
                firstRun.putIfAbsent(id, together);
            }
            runs.forEach(run -> pending.add(new Input.Ran(run.vertex(), Outcome.GOOD)));
        }

        private static Freshness freshness(Resource resource) {
            return resource.id().name().hashCode() % 3 == 0 ? Freshness.WATCHED : Freshness.SETTLED;
        }

        private GraphDefinition definition() {
            List<Resource> resources = new ArrayList<>();
            List<Edge> edges = new ArrayList<>();
            int size = 4 + random.nextInt(16);
            for (int i = 0; i < size; i++) {
                String name = random.nextInt(3) == 0 ? "n" + i : "k" + random.nextInt(3) + "-" + i;
                ResourceId id = new ResourceId("noop", name);
                resources.add(new NoopResource(id, meta(), ""));
                for (int from = 0; from < i; from++) {
                    if (random.nextInt(size) < 2) {
                        edges.add(new Edge.Notify(resources.get(from).id(), id));
                    }
                }
            }
            return new GraphDefinition(
                    "g", resources, List.of(), edges, List.of(), Optional.empty());
        }

        private Meta meta() {
            Meta none = Meta.NONE;
            return new Meta(
                    none.noop(),
                    new Meta.Retries(random.nextInt(3), Duration.ofMillis(1), 1),
                    none.poll(),
                    none.rate(),
                    random.nextInt(4) == 0
                            ? List.of(new Meta.Semaphore("s", 1 + random.nextInt(2)))
                            : List.of(),
                    none.timeout(),
                    none.traits());
        }
    }
}
