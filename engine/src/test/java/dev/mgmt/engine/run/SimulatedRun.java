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
import dev.mgmt.engine.resource.Meta.Trait;
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

    private final Map<Ticket, SimulatedVertex> parts = new LinkedHashMap<>();
    private final Map<ResourceId, Ticket> present = new HashMap<>();

    /** Vertices whose runs fail at present. */
    private final Set<ResourceId> broken = new HashSet<>();

    /** Vertices that a predecessor has changed for since they last ran well. */
    private final Set<ResourceId> owed = new HashSet<>();

    /** What is written down for the next engine. */
    private final Set<ResourceId> noted = new HashSet<>();

    private final UndoLedger undoing = new UndoLedger();
    private final RandomGraphs graphs;
    private final Map<Long, GraphDefinition> submitted = new HashMap<>();
    private GraphDefinition current = RandomGraphs.empty();
    private ResourceGraph graph = ResourceGraph.empty();
    private long revision;

    /** From now on nothing goes wrong any more. */
    private boolean calm;

    SimulatedRun(Random random) {
        this.random = random;
        graphs = new RandomGraphs(random);
        OptionalInt limit =
                random.nextInt(4) == 0
                        ? OptionalInt.of(1 + random.nextInt(3))
                        : OptionalInt.empty();
        EngineOptions options = EngineOptions.of("h");
        if (limit.isPresent()) {
            options = options.withVertexLimit(limit.getAsInt());
        }
        step = new Step(options, SimulatedRun::freshness, new Random(random.nextLong()));
    }

    List<String> play() {
        try {
            return playOn();
        } catch (AssertionError e) {
            course.add(step.status().toString());
            throw new AssertionError(String.join("\n", course), e);
        }
    }

    private List<String> playOn() {
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
        calm = true;
        for (ResourceId id : List.copyOf(broken)) {
            broken.remove(id);
            Ticket ticket = present.get(id);
            if (ticket != null && part(ticket).watched) {
                event(ticket);
            }
        }
        submit(RandomGraphs.forgiving(current));
        drain();
        checkEnd();
        assertEquals(Set.of(), owed, "refreshes still owed");
        assertEquals(Set.of(), noted, "refreshes still written down");
        assertEquals(graph.size(), step.status().counts().good(), "all good in the end");
        assertEquals(graph.size(), step.status().counts().total(), "something is left over");
        undoing.checkEnd();
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
            case 2 -> watched().ifPresent(this::lose);
            default -> watched().ifPresent(this::event);
        }
    }

    private Optional<Ticket> watched() {
        List<Ticket> watched = new ArrayList<>();
        parts.forEach(
                (ticket, part) -> {
                    if (part.watched) {
                        watched.add(ticket);
                    }
                });
        return watched.isEmpty()
                ? Optional.empty()
                : Optional.of(watched.get(random.nextInt(watched.size())));
    }

    private void lose(Ticket ticket) {
        SimulatedVertex part = part(ticket);
        part.watched = false;
        part.lost = true;
        take(new Input.WatchEnded(ticket, "lost"));
    }

    private void breakOrMend() {
        ResourceId id = RandomGraphs.id(random.nextInt(RandomGraphs.IDS));
        if (!broken.remove(id)) {
            broken.add(id);
        }
    }

    private void event(Ticket ticket) {
        SimulatedVertex part = part(ticket);
        part.dirty = true;
        part.good = false;
        take(new Input.Disturbed(ticket));
    }

    private void submit() {
        submit(graphs.after(current));
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
        if (calm && runsOut(answer)) {
            pending.add(answer);
            answer = pending.removeFirst();
            if (runsOut(answer)) {
                pending.add(answer);
                return;
            }
        }
        take(
                switch (answer) {
                    case Input.Ran(Ticket ticket, Outcome _) -> ran(ticket);
                    case Input.WatchStarted(Ticket ticket) -> watching(ticket);
                    default -> answer;
                });
    }

    /** Whether it is a timeout, and of a run that is under way. */
    private boolean runsOut(Input answer) {
        return answer instanceof Input.Rang(Timer.VertexTimer timer)
                && timer.purpose() == Timer.Purpose.TIMEOUT
                && parts.containsKey(timer.vertex())
                && part(timer.vertex()).running;
    }

    private Input watching(Ticket ticket) {
        SimulatedVertex part = parts.get(ticket);
        if (part == null) {
            return new Input.WatchStarted(ticket);
        }
        if (!calm && random.nextInt(5) == 0) {
            part.lost = true;
            return new Input.WatchEnded(ticket, "cannot be made");
        }
        part.watched = true;
        if (part.lost) {
            part.lost = false;
            part.dirty = true;
            part.good = false;
        }
        return new Input.WatchStarted(ticket);
    }

    private Input ran(Ticket ticket) {
        SimulatedVertex part = part(ticket);
        part.running = false;
        boolean mends = random.nextInt(4) == 0;
        boolean fails = broken.contains(ticket.id());
        part.good = !part.dirty && !fails && !part.interrupted;
        boolean lets = present.containsKey(ticket.id());
        if (lets && part.carrying && (fails || part.interrupted)) {
            owed.add(ticket.id());
        }
        part.carrying = false;
        if (mends && !part.undoes) {
            refresh(ticket);
        }
        if (mends || (!fails && !part.interrupted)) {
            undoing.ran(ticket, !fails && !part.interrupted);
        }
        List<Outcome.Mending> mendings = mends ? List.of(new Outcome.Mending("x", "")) : List.of();
        if (fails) {
            return new Input.Ran(ticket, new Outcome.Failed("broken", mendings));
        }
        return new Input.Ran(ticket, mends ? new Outcome.Changed(mendings) : Outcome.GOOD);
    }

    /** Those behind a notify edge have to run again, with a refresh. */
    private void refresh(Ticket ticket) {
        if (!present.containsKey(ticket.id())) {
            return;
        }
        for (Edge edge : graph.edgesFrom(ticket.id())) {
            Ticket receiver = present.get(edge.to());
            if (edge instanceof Edge.Notify && receiver != null) {
                owed.add(edge.to());
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
        List<Effect> effects = step.take(input);
        if (input instanceof Input.Built) {
            undoing.begun(effects);
        }
        effects.forEach(this::perform);
        assertTrue(noted.containsAll(owed), "not written down: " + owed + " of " + noted);
        present.forEach(
                (id, ticket) ->
                        assertTrue(
                                !parts.containsKey(ticket)
                                        || !part(ticket).carrying
                                        || noted.contains(id),
                                "crossed out too early: " + ticket));
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
        undoing.switched(graph);
        present.keySet().removeIf(id -> graph.resource(id).isEmpty());
        owed.removeIf(id -> graph.resource(id).isEmpty());
    }

    private void perform(Effect effect) {
        course.add(effect.toString());
        switch (effect) {
            case Effect.Adopt(Ticket vertex, Resource resource) -> {
                boolean undo = graph.resource(vertex.id()).isEmpty();
                parts.put(vertex, new SimulatedVertex(resource, undo));
                if (!undo) {
                    present.put(vertex.id(), vertex);
                }
            }
            case Effect.StartWatch(Ticket vertex) -> pending.add(new Input.WatchStarted(vertex));
            case Effect.StopWatch(Ticket vertex) -> part(vertex).watched = false;
            case Effect.Release(Ticket vertex) -> {
                assertFalse(part(vertex).running, "released while it runs: " + vertex);
                parts.remove(vertex);
            }
            case Effect.Run run -> begin(run.vertex(), run.attempt());
            case Effect.RunTogether(List<Effect.Run> runs) ->
                    runs.forEach(run -> begin(run.vertex(), run.attempt()));
            case Effect.Interrupt(Ticket vertex) -> {
                assertTrue(part(vertex).running, "interrupted at rest: " + vertex);
                part(vertex).interrupted = true;
            }
            case Effect.SetTimer(Timer timer, Duration _) -> pending.add(new Input.Rang(timer));
            case Effect.NoteOwed(List<ResourceId> receivers) -> noted.addAll(receivers);
            case Effect.NotePaid(List<ResourceId> receivers) -> noted.removeAll(receivers);
            case Effect.TakePlace(Effect.Place place) ->
                    pending.add(new Input.PlaceGiven(place.number()));
            case Effect.LeavePlace _ -> {}
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

    private void begin(Ticket ticket, Attempt attempt) {
        SimulatedVertex part = part(ticket);
        assertTrue(part.dirty || !part.good, "runs for nothing: " + ticket);
        boolean lost = owed.remove(ticket.id()) && !attempt.refreshes();
        assertFalse(lost, "runs without the refresh it is owed: " + ticket);
        part.carrying = attempt.refreshes();
        part.interrupted = false;
        Set<ResourceId> failed = failed();
        for (Map.Entry<Ticket, SimulatedVertex> other : parts.entrySet()) {
            boolean same = other.getKey().id().equals(ticket.id());
            assertFalse(same && other.getValue().running, "two runs at once: " + ticket);
        }
        part.running = true;
        part.dirty = false;
        pending.add(new Input.Ran(ticket, Outcome.GOOD));
        if (part.undoes) {
            undoing.checkTurn(ticket);
            return;
        }
        assertEquals(ticket, present.get(ticket.id()), "not of this graph: " + ticket);
        for (ResourceId before : graph.predecessors(ticket.id())) {
            Ticket predecessor = present.get(before);
            assertNotNull(predecessor);
            assertTrue(part(predecessor).good, ticket + " runs before " + predecessor + " is good");
            boolean unwatched = failed.contains(before);
            assertTrue(!unwatched || realizes(part), ticket + " runs behind " + predecessor);
        }
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
        Set<ResourceId> failed = failed();
        Set<ResourceId> blocked = new HashSet<>(status.blocked());
        for (Resource wanted : graph.resources().values()) {
            Ticket ticket = present.get(wanted.id());
            assertNotNull(ticket, "never taken up: " + wanted.id());
            SimulatedVertex part = part(ticket);
            assertEquals(wanted, part.resource);
            assertFalse(part.running, "idle while it runs: " + ticket);
            boolean behind =
                    graph.predecessors(wanted.id()).stream()
                            .anyMatch(id -> blocked.contains(id) || stops(id, failed, part));
            if (blocked.contains(wanted.id())) {
                assertTrue(behind, "blocked by nobody: " + ticket);
            } else {
                assertTrue(!part.dirty || part.lost, "an event was lost: " + ticket);
                boolean fails = failed.contains(wanted.id());
                assertTrue(part.good != fails || part.lost, ticket + " is not what is said of it");
            }
        }
        for (Ticket undo : undoing.pending()) {
            assertTrue(
                    failed.contains(undo.id()) || blocked.contains(undo.id()),
                    "idle while it is to be undone: " + undo);
        }
        assertEquals(
                graph.size() + undoing.pending().size(),
                status.counts().good() + failed.size() + blocked.size());
    }

    private SimulatedVertex part(Ticket ticket) {
        SimulatedVertex part = parts.get(ticket);
        assertNotNull(part, "unknown: " + ticket);
        return part;
    }

    private static Freshness freshness(Resource resource) {
        return resource.id().name().hashCode() % 3 == 0 ? Freshness.SETTLED : Freshness.WATCHED;
    }

    private Set<ResourceId> failed() {
        Set<ResourceId> failed = new HashSet<>();
        step.status().failures().forEach(failure -> failed.add(failure.resource()));
        return failed;
    }

    private boolean stops(ResourceId id, Set<ResourceId> failed, SimulatedVertex dependant) {
        Ticket ticket = present.get(id);
        boolean good = ticket != null && part(ticket).good;
        return failed.contains(id) && !(good && realizes(dependant));
    }

    private static boolean realizes(SimulatedVertex part) {
        return part.resource.meta().has(Trait.REALIZE);
    }
}
