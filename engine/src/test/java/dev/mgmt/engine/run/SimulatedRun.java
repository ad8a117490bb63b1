package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.driver.Attempt;
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
import dev.mgmt.engine.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Plays one random course of events against {@link Step}, with everything outside simulated, and
 * checks after each step what must always hold. Answers to effects come in any order.
 */
final class SimulatedRun {
    private final Random random;
    private final Step step;
    private final List<Input> pending = new ArrayList<>();
    private final List<String> course = new ArrayList<>();

    /** What the outside knows of a vertex. */
    private static final class Part {
        private final Resource resource;
        private boolean running;
        private boolean good;

        /** Something happened that no run has begun after. */
        private boolean dirty = true;

        private boolean watched;

        private Part(Resource resource) {
            this.resource = resource;
        }
    }

    private final Map<Ticket, Part> parts = new LinkedHashMap<>();
    private final Map<ResourceId, Ticket> present = new HashMap<>();

    /** Vertices whose runs fail at present. */
    private final Set<ResourceId> broken = new HashSet<>();

    private final Map<Long, GraphDefinition> submitted = new HashMap<>();
    private GraphDefinition current = definition(List.of(), List.of());
    private ResourceGraph graph = ResourceGraph.empty();
    private long revision;

    SimulatedRun(Random random) {
        this.random = random;
        OptionalInt limit =
                random.nextInt(4) == 0
                        ? OptionalInt.of(1 + random.nextInt(3))
                        : OptionalInt.empty();
        EngineOptions options = EngineOptions.of("h");
        if (limit.isPresent()) {
            options = options.withVertexLimit(limit.getAsInt());
        }
        step = new Step(options, SimulatedRun::freshness);
    }

    List<String> play() {
        submit();
        for (int i = 0; i < 150; i++) {
            if (random.nextInt(3) == 0) {
                disturbSomething();
            } else {
                answerSomething();
            }
        }
        settle();
        return course;
    }

    /** No more trouble: everything is answered, and what was failing is told of its recovery. */
    private void settle() {
        drain();
        checkEnd();
        for (ResourceId id : List.copyOf(broken)) {
            broken.remove(id);
            Ticket ticket = present.get(id);
            if (ticket != null && part(ticket).watched) {
                event(ticket);
            }
        }
        submit(current);
        drain();
        checkEnd();
        assertEquals(graph.size(), step.status().counts().good(), "all good in the end");
    }

    private void drain() {
        for (int i = 0; !pending.isEmpty(); i++) {
            assertTrue(i < 100_000, "comes to no end");
            answerSomething();
        }
    }

    private void disturbSomething() {
        switch (random.nextInt(6)) {
            case 0 -> submit();
            case 1 -> breakOrMend();
            default -> {
                List<Ticket> watched = new ArrayList<>();
                parts.forEach(
                        (ticket, part) -> {
                            if (part.watched) {
                                watched.add(ticket);
                            }
                        });
                if (!watched.isEmpty()) {
                    event(watched.get(random.nextInt(watched.size())));
                }
            }
        }
    }

    private void breakOrMend() {
        ResourceId id = id(random.nextInt(12));
        if (!broken.remove(id)) {
            broken.add(id);
        }
    }

    private void event(Ticket ticket) {
        Part part = part(ticket);
        part.dirty = true;
        part.good = false;
        take(new Input.Disturbed(ticket));
    }

    private void submit() {
        submit(randomGraph());
    }

    private void submit(GraphDefinition next) {
        revision++;
        submitted.put(revision, next);
        take(new Input.Submitted(next, revision));
    }

    private void answerSomething() {
        if (pending.isEmpty()) {
            return;
        }
        Input answer = pending.remove(random.nextInt(pending.size()));
        if (answer instanceof Input.Ran(Ticket ticket, Outcome _)) {
            answer = ran(ticket);
        } else if (answer instanceof Input.WatchStarted(Ticket ticket)
                && parts.containsKey(ticket)) {
            part(ticket).watched = true;
        }
        take(answer);
    }

    private Input ran(Ticket ticket) {
        Part part = part(ticket);
        part.running = false;
        if (broken.contains(ticket.id())) {
            part.good = false;
            return new Input.Ran(ticket, Outcome.Failed.because("broken"));
        }
        part.good = !part.dirty;
        boolean changes = random.nextInt(4) == 0;
        if (changes) {
            refresh(ticket);
        }
        return new Input.Ran(ticket, changes ? Outcome.changed("x", "") : Outcome.GOOD);
    }

    /** Those behind a notify edge have to run again. */
    private void refresh(Ticket ticket) {
        if (!ticket.equals(present.get(ticket.id()))) {
            return;
        }
        for (Edge edge : graph.edgesFrom(ticket.id())) {
            Ticket receiver = present.get(edge.to());
            if (edge instanceof Edge.Notify && receiver != null) {
                part(receiver).dirty = true;
                part(receiver).good = false;
            }
        }
    }

    private void take(Input input) {
        course.add(input.toString());
        if (input instanceof Input.Built built) {
            switched(built);
        }
        for (Effect effect : step.take(input)) {
            perform(effect);
        }
        EngineStatus status = step.status();
        if (status.phase() == Phase.IDLE) {
            checkEnd();
        }
    }

    /** Mirrors the switch, which happens unless a newer graph waits. */
    private void switched(Input.Built built) {
        if (built.revision() != revision) {
            return;
        }
        current = built.definition();
        graph = built.graph();
        present.keySet().removeIf(id -> graph.resource(id).isEmpty());
    }

    private void perform(Effect effect) {
        course.add(effect.toString());
        switch (effect) {
            case Effect.Adopt(Ticket vertex, Resource resource) -> {
                parts.put(vertex, new Part(resource));
                present.put(vertex.id(), vertex);
            }
            case Effect.StartWatch(Ticket vertex) -> pending.add(new Input.WatchStarted(vertex));
            case Effect.StopWatch(Ticket vertex) -> part(vertex).watched = false;
            case Effect.Release(Ticket vertex) -> {
                assertFalse(part(vertex).running, "released while it runs: " + vertex);
                parts.remove(vertex);
            }
            case Effect.Run(Ticket vertex, Attempt _) -> begin(vertex);
            case Effect.RunTogether(List<Effect.Run> runs) ->
                    runs.forEach(run -> begin(run.vertex()));
            case Effect.SetTimer(Timer timer, Duration _) -> pending.add(new Input.Rang(timer));
            case Effect.Tell _ -> {}
            case Effect.Build build -> pending.add(built(build));
            case Effect.ReadExports() ->
                    pending.add(
                            random.nextInt(3) == 0
                                    ? new Input.ExportsFailed("no store")
                                    : new Input.ExportsRead(List.of()));
            case Effect.CommitExports(World.Transaction _) ->
                    pending.add(new Input.ExportsCommitted(2));
            case Effect.OpenCollection _, Effect.CloseCollection _, Effect.Finish _ -> {}
        }
    }

    private void begin(Ticket ticket) {
        Part part = part(ticket);
        for (Map.Entry<Ticket, Part> other : parts.entrySet()) {
            boolean same = other.getKey().id().equals(ticket.id());
            assertFalse(same && other.getValue().running, "two runs at once: " + ticket);
        }
        assertEquals(ticket, present.get(ticket.id()), "not of this graph: " + ticket);
        for (ResourceId before : graph.predecessors(ticket.id())) {
            Ticket predecessor = present.get(before);
            assertNotNull(predecessor);
            assertTrue(part(predecessor).good, ticket + " runs before " + predecessor + " is good");
        }
        part.running = true;
        part.dirty = false;
        pending.add(new Input.Ran(ticket, Outcome.GOOD));
    }

    private Input built(Effect.Build build) {
        GraphBuilding building = ResourceGraph.of(build.definition(), List.of());
        if (building instanceof GraphBuilding.Built done) {
            return new Input.Built(build.definition(), build.revision(), done.graph(), List.of());
        }
        return new Input.Unfit(build.revision(), List.of("unfit"), List.of());
    }

    /** What must hold whenever the engine says that it is idle. */
    private void checkEnd() {
        EngineStatus status = step.status();
        assertEquals(Phase.IDLE, status.phase());
        assertEquals(submitted.get(status.graphRevision()), current);
        Set<ResourceId> failed = new HashSet<>();
        status.failures().forEach(failure -> failed.add(failure.resource()));
        Set<ResourceId> blocked = new HashSet<>(status.blocked());
        for (Resource wanted : graph.resources().values()) {
            Ticket ticket = present.get(wanted.id());
            assertNotNull(ticket, "never taken up: " + wanted.id());
            Part part = part(ticket);
            assertEquals(wanted, part.resource);
            assertFalse(part.running, "idle while it runs: " + ticket);
            boolean behind =
                    graph.predecessors(wanted.id()).stream()
                            .anyMatch(id -> failed.contains(id) || blocked.contains(id));
            if (blocked.contains(wanted.id())) {
                assertTrue(behind, "blocked by nobody: " + ticket);
            } else {
                assertFalse(part.dirty, "an event was lost: " + ticket);
                assertEquals(!failed.contains(wanted.id()), part.good, ticket.toString());
            }
        }
        assertEquals(graph.size(), status.counts().good() + failed.size() + blocked.size());
    }

    private Part part(Ticket ticket) {
        Part part = parts.get(ticket);
        assertNotNull(part, "unknown: " + ticket);
        return part;
    }

    private static Freshness freshness(Resource resource) {
        return resource.id().name().hashCode() % 3 == 0 ? Freshness.SETTLED : Freshness.WATCHED;
    }

    private static ResourceId id(int number) {
        return new ResourceId("noop", "n" + number);
    }

    private GraphDefinition randomGraph() {
        List<Resource> resources = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            resources.add(new NoopResource(id(i), meta(), "v" + random.nextInt(2)));
            for (Resource before : resources.subList(0, resources.size() - 1)) {
                if (random.nextInt(4) == 0) {
                    edges.add(
                            random.nextBoolean()
                                    ? new Edge.Order(before.id(), id(i))
                                    : new Edge.Notify(before.id(), id(i)));
                }
            }
        }
        return definition(resources, edges);
    }

    private Meta meta() {
        List<Meta.Semaphore> semaphores =
                random.nextInt(3) == 0
                        ? List.of(
                                new Meta.Semaphore("s", 1 + random.nextInt(2)),
                                new Meta.Semaphore("t", 1))
                        : List.of();
        return new Meta(
                false,
                new Meta.Retries(random.nextInt(3), Duration.ofMillis(1), 1),
                Duration.ZERO,
                Meta.RateLimit.NONE,
                semaphores,
                Duration.ZERO,
                Meta.NONE.traits());
    }

    private static GraphDefinition definition(List<Resource> resources, List<Edge> edges) {
        return new GraphDefinition("g", resources, List.of(), edges, List.of(), Optional.empty());
    }
}
