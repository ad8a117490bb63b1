package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.ResourceDriver.Freshness;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the graph, and who has left it but still runs. A switch keeps every vertex whose
 * resource is equal, with all its standing; a changed one is another vertex, which waits until the
 * last run of the old one is over.
 */
final class Roster {
    private final Function<Resource, Freshness> freshness;
    private final Consumer<Effect> effects;
    private final Tally tally = new Tally();
    private final Readiness readiness = new Readiness(tally);
    private final Companies companies = new Companies(tally);
    private final Map<Ticket, Vertex> byTicket = new HashMap<>();
    private final Map<ResourceId, Vertex> leaving = new HashMap<>();
    private final Map<ResourceId, Vertex> byId = new HashMap<>();

    /** All of {@link #byId}, in the order of the graph. */
    private List<Vertex> present = List.of();

    private long serial;
    private long graphs;

    Roster(Function<Resource, Freshness> freshness, Consumer<Effect> effects) {
        this.freshness = freshness;
        this.effects = effects;
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

    Collection<Vertex> vertices() {
        return present;
    }

    @Nullable Vertex find(Ticket ticket) {
        return byTicket.get(ticket);
    }

    boolean leaving(Vertex vertex) {
        return !leaving.isEmpty() && vertex.equals(leaving.get(vertex.ticket.id()));
    }

    /** Whether a vertex of the same id that left the graph still runs. */
    boolean awaitsOther(Vertex vertex) {
        return !leaving.isEmpty() && leaving.containsKey(vertex.ticket.id());
    }

    boolean someoneLeaves() {
        return !leaving.isEmpty();
    }

    /** Forgets a vertex that left and has ended; returns who takes its place, if anybody does. */
    @Nullable Vertex retire(Vertex vertex) {
        leaving.remove(vertex.ticket.id());
        byTicket.remove(vertex.ticket);
        return byId.get(vertex.ticket.id());
    }

    /** Takes the new graph's vertices and arcs. Costs what the graph is long, once. */
    Switch take(ResourceGraph graph) {
        graphs++;
        List<Vertex> next = new ArrayList<>(graph.size());
        int added = 0;
        int changed = 0;
        for (Resource resource : graph.resources().values()) {
            Vertex old = byId.get(resource.id());
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
                added++;
            } else {
                changed++;
                fresh.refresh = old.refresh;
                fresh.changes = old.changes;
            }
        }
        int removed = dismiss() - changed;
        present = next;
        graph.forEachEdge((from, to, edge) -> connect(next.get(from), next.get(to), edge));
        readiness.recount(present);
        companies.take(graph.groups(), byId);
        return new Switch(added, changed, removed, next.size() - added - changed);
    }

    private Vertex adopt(Resource resource) {
        serial++;
        Vertex vertex = new Vertex(new Ticket(serial, resource.id()), resource);
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
                byTicket.remove(vertex.ticket);
                effects.accept(new Effect.Release(vertex.ticket));
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

    /** A refresh that the vertex that left was still owed. */
    static void inherit(Vertex heir, Vertex from) {
        if (from.refresh == Refresh.PENDING) {
            heir.refresh = Refresh.PENDING;
        }
    }
}
