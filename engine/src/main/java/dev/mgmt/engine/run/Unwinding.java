package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is to be undone of a graph that is left, in the reverse order of its edges. Where one of two
 * is behind the other only by way of vertices that are not undone, passages stand for those.
 */
final class Unwinding {
    private final Function<ResourceId, Ticket> tickets;

    /** What undoes each vertex, or stands for it. */
    private final Map<Vertex, Vertex> counterparts = new LinkedHashMap<>();

    private Unwinding(Function<ResourceId, Ticket> tickets) {
        this.tickets = tickets;
    }

    /**
     * Undoes and passages, with their arcs. Costs what is behind the leavers in the graph they
     * leave.
     *
     * @param leavers still with the arcs of the graph they leave
     */
    static Collection<Vertex> of(
            Collection<Vertex> leavers, Managed after, Function<ResourceId, Ticket> tickets) {
        Unwinding unwinding = new Unwinding(tickets);
        for (Vertex leaver : leavers) {
            leaver.resource
                    .reversed()
                    .filter(resource -> !after.covers(resource))
                    .ifPresent(resource -> unwinding.undo(leaver, resource));
        }
        if (unwinding.counterparts.size() > 1) {
            unwinding.order();
        }
        return unwinding.counterparts.values();
    }

    private void undo(Vertex leaver, Resource resource) {
        Ticket ticket = tickets.apply(leaver.ticket.id());
        Meta meta = forUndo(leaver.meta);
        counterparts.put(leaver, new Vertex(Role.UNDO, ticket, resource, meta));
    }

    private void order() {
        Deque<Vertex> open = new ArrayDeque<>(counterparts.keySet());
        List<Vertex> reached = new ArrayList<>(counterparts.keySet());
        for (Vertex vertex = open.poll(); vertex != null; vertex = open.poll()) {
            for (Arc arc : vertex.arcs) {
                Vertex behind = arc.to();
                if (!counterparts.containsKey(behind)) {
                    Ticket ticket = tickets.apply(behind.ticket.id());
                    counterparts.put(
                            behind, new Vertex(Role.PASSAGE, ticket, behind.resource, Meta.NONE));
                    open.add(behind);
                    reached.add(behind);
                }
            }
        }
        for (Vertex vertex : reached) {
            Vertex last = counterparts.get(vertex);
            for (Arc arc : vertex.arcs) {
                Vertex first = counterparts.get(arc.to());
                if (first != null && last != null) {
                    first.arcs.add(new Arc(last, Arc.Effects.ORDER));
                }
            }
        }
    }

    /**
     * There is nothing to poll, to group or to keep after it; and as it cannot change any more,
     * each graph is a new chance for it.
     */
    private static Meta forUndo(Meta meta) {
        return new Meta(
                meta.noop(),
                meta.retries(),
                Duration.ZERO,
                meta.rate(),
                meta.semaphores(),
                meta.timeout(),
                EnumSet.of(Trait.REWATCH));
    }
}
