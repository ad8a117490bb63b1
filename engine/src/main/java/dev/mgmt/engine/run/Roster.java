package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Role;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the graph, who has left it but still runs, and what is being undone. A switch keeps
 * every vertex whose resource is equal, with all its standing; a changed one is another vertex,
 * which waits until the last run of the old one is over.
 */
final class Roster {
    private final Function<Resource, Freshness> freshness;
    private final Consumer<Effect> effects;
    private final OwedRefreshes owed;
    private final Tally tally = new Tally();
    private final Readiness readiness = new Readiness(tally);
    private final Companies companies = new Companies(tally);
    private final Map<Ticket, Vertex> byTicket = new HashMap<>();
    private final Map<ResourceId, Vertex> leaving = new HashMap<>();
    private final Departing departing;
    private final Map<ResourceId, Vertex> byId = new HashMap<>();

    /** All of {@link #byId}, in the order of the graph. */
    private List<Vertex> present = List.of();

    /** Kept only while something is being undone. */
    private final Set<Vertex> everyone = new LinkedHashSet<>();

    private ResourceGraph last = ResourceGraph.empty();
    private long serial;
    private long graphs;

    Roster(Function<Resource, Freshness> freshness, OwedRefreshes owed, Consumer<Effect> effects) {
        this.freshness = freshness;
        this.effects = effects;
        this.owed = owed;
        departing = new Departing(this::ticket);
    }

    record Switch(int added, int changed, int removed, int kept) {
        boolean changesNothing() {
            return added == 0 && changed == 0 && removed == 0;
        }
    }

    Tally tally() {
        return tally;
    }

    Readiness readiness() {
        return readiness;
    }

    Companies companies() {
        return companies;
    }

    /** All that have something to do: of the graph, and what is undone. */
    Collection<Vertex> vertices() {
        return departing.none() ? present : everyone;
    }

    @Nullable Vertex find(Ticket ticket) {
        return byTicket.get(ticket);
    }

    boolean leaving(Vertex vertex) {
        return !leaving.isEmpty() && vertex.equals(leaving.get(vertex.ticket.id()));
    }

    /** Whether something that is not wanted any more still runs on what this vertex is about. */
    boolean awaitsOther(Vertex vertex) {
        return !leaving.isEmpty()
                && (leaving.containsKey(vertex.ticket.id()) || departing.hinders(vertex));
    }

    boolean someoneLeaves() {
        return !leaving.isEmpty();
    }

    /**
     * Forgets a vertex that left and has ended; returns who takes its place or undoes it, if
     * anybody does.
     */
    @Nullable Vertex retire(Vertex vertex) {
        leaving.remove(vertex.ticket.id());
        departing.forget(vertex);
        byTicket.remove(vertex.ticket);
        Vertex heir = byId.get(vertex.ticket.id());
        return heir != null ? heir : departing.find(vertex.ticket.id());
    }

    /** A vertex that undoes something has done so, or one that stands for others has passed. */
    void undone(Vertex vertex) {
        tally.without(vertex);
        everyone.remove(vertex);
        departing.remove(vertex);
        if (vertex.role == Role.UNDO) {
            letGo(vertex);
        }
    }

    /** Takes the new graph's vertices and arcs. Costs what the graph is long, once. */
    Switch take(ResourceGraph graph) {
        Set<ResourceId> back = unwind(graph);
        graphs++;
        boolean samePlaces = graph.hasShapeOf(last);
        last = graph;
        List<Vertex> next = new ArrayList<>(graph.size());
        int added = 0;
        int changed = 0;
        for (Resource resource : graph.resources().values()) {
            Vertex old = samePlaces ? present.get(next.size()) : byId.get(resource.id());
            if (old != null && old.resource.equals(resource)) {
                old.arcs.clear();
                old.graph = graphs;
                next.add(old);
                continue;
            }
            Vertex fresh = adopt(resource);
            next.add(fresh);
            byId.put(resource.id(), fresh);
            if (old == null) {
                fresh.made = back.contains(resource.id());
                fresh.refresh = owed.owes(resource.id()) ? Refresh.PENDING : Refresh.NONE;
                added++;
            } else {
                changed++;
                fresh.refresh = old.refresh;
                fresh.changes = old.changes;
                fresh.made = old.made;
            }
        }
        int removed = dismiss() - changed;
        present = next;
        graph.forEachEdge((from, to, edge) -> connect(next.get(from), next.get(to), edge));
        everyone.clear();
        if (!departing.none()) {
            everyone.addAll(present);
            everyone.addAll(departing.vertices());
        }
        readiness.recount(vertices());
        companies.take(graph.groups(), byId);
        owed.keepOnly(byId::containsKey);
        return new Switch(added, changed, removed, next.size() - added - changed);
    }

    private Ticket ticket(ResourceId id) {
        serial++;
        return new Ticket(serial, id);
    }

    /**
     * While the old graph's arcs are still there: begins to undo what leaves; returns what comes
     * back before it is undone.
     */
    private Set<ResourceId> unwind(ResourceGraph graph) {
        List<Vertex> leavers = new ArrayList<>();
        for (Vertex vertex : present) {
            if (vertex.meta.has(Trait.REVERSE)
                    && graph.resource(vertex.ticket.id()).isEmpty()
                    && mayBeMade(vertex)) {
                leavers.add(vertex);
            }
        }
        if (leavers.isEmpty() && departing.none()) {
            return Set.of();
        }
        Set<ResourceId> back = new HashSet<>();
        Managed after = Managed.of(graph.resources());
        for (Vertex wanted : departing.withdraw(after)) {
            back.add(wanted.ticket.id());
            if (wanted.stage == Stage.RUNNING) {
                leaving.put(wanted.ticket.id(), wanted);
            } else {
                letGo(wanted);
            }
        }
        for (Vertex vertex : departing.add(leavers, after)) {
            byTicket.put(vertex.ticket, vertex);
            effects.accept(new Effect.Adopt(vertex.ticket, vertex.resource));
        }
        return back;
    }

    /** Whether there is, or may soon be, something to undo. */
    private boolean mayBeMade(Vertex vertex) {
        return vertex.made
                || vertex.stage == Stage.RUNNING
                || leaving.containsKey(vertex.ticket.id());
    }

    private void letGo(Vertex vertex) {
        byTicket.remove(vertex.ticket);
        effects.accept(new Effect.Release(vertex.ticket));
    }

    private Vertex adopt(Resource resource) {
        Vertex vertex = new Vertex(ticket(resource.id()), resource);
        vertex.graph = graphs;
        byTicket.put(vertex.ticket, vertex);
        effects.accept(new Effect.Adopt(vertex.ticket, resource));
        Freshness fresh = freshness.apply(resource);
        vertex.ticks = fresh == Freshness.TICKING;
        if (!vertex.polled() && fresh == Freshness.WATCHED) {
            vertex.watching = Watching.STARTING;
            effects.accept(new Effect.StartWatch(vertex.ticket));
        }
        return vertex;
    }

    /** Lets go of all that are not kept; returns how many. */
    private int dismiss() {
        int dismissed = 0;
        for (Vertex vertex : present) {
            if (vertex.graph == graphs) {
                continue;
            }
            dismissed++;
            byId.remove(vertex.ticket.id(), vertex);
            vertex.arcs.clear();
            if (vertex.stage == Stage.RUNNING) {
                leaving.put(vertex.ticket.id(), vertex);
                effects.accept(new Effect.StopWatch(vertex.ticket));
            } else {
                letGo(vertex);
            }
        }
        return dismissed;
    }

    private static void connect(Vertex from, Vertex to, Edge edge) {
        Arc.Effects carries =
                switch (edge) {
                    case Edge.Order(ResourceId _, ResourceId _) -> Arc.Effects.ORDER;
                    case Edge.Notify(ResourceId _, ResourceId _) -> Arc.Effects.NOTIFY;
                };
        from.arcs.add(new Arc(to, carries));
    }
}
