package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Role;
import dev.mgmt.engine.run.Vertex.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is being undone. No graph that runs has a say in any of it: what a new graph manages again
 * is undone no further.
 */
final class Departing {
    private final Function<ResourceId, Ticket> tickets;
    private final Map<ResourceId, Vertex> undoes = new LinkedHashMap<>();

    /** Undoes and passages. */
    private final Set<Vertex> vertices = new LinkedHashSet<>();

    /** Undoes that are not wanted any more, and still run. */
    private final List<Vertex> withdrawn = new ArrayList<>();

    Departing(Function<ResourceId, Ticket> tickets) {
        this.tickets = tickets;
    }

    boolean none() {
        return vertices.isEmpty();
    }

    Collection<Vertex> vertices() {
        return vertices;
    }

    @Nullable Vertex find(ResourceId id) {
        return undoes.get(id);
    }

    /** Whether an undo that is not wanted any more still runs on what this vertex is about. */
    boolean hinders(Vertex vertex) {
        for (Vertex undo : withdrawn) {
            if (Managed.meet(undo.resource, vertex.resource)) {
                return true;
            }
        }
        return false;
    }

    /** Gives up undoing what a graph manages again; returns what was to undo it. */
    List<Vertex> withdraw(Managed after) {
        List<Vertex> wanted = new ArrayList<>();
        for (Vertex undo : undoes.values()) {
            if (after.covers(undo.resource)) {
                wanted.add(undo);
            }
        }
        for (Vertex undo : wanted) {
            remove(undo);
            pass(undo);
            if (undo.stage == Stage.RUNNING) {
                withdrawn.add(undo);
            }
        }
        if (undoes.isEmpty()) {
            vertices.clear();
        }
        for (Vertex vertex : vertices) {
            vertex.arcs.removeIf(arc -> !vertices.contains(arc.to()));
        }
        return wanted;
    }

    /** What was to be undone before it still goes before what was to be undone after it. */
    private void pass(Vertex undo) {
        if (undo.arcs.isEmpty()) {
            return;
        }
        Ticket ticket = tickets.apply(undo.ticket.id());
        Vertex passage = new Vertex(Role.PASSAGE, ticket, undo.resource, Meta.NONE);
        passage.arcs.addAll(undo.arcs);
        for (Vertex vertex : vertices) {
            vertex.arcs.replaceAll(
                    arc -> arc.to().equals(undo) ? new Arc(passage, arc.effects()) : arc);
        }
        vertices.add(passage);
    }

    /** Undoes those leavers that the graph has no say in; returns what does it. */
    List<Vertex> add(List<Vertex> leavers, Managed after) {
        List<Vertex> added = new ArrayList<>();
        for (Vertex vertex : Unwinding.of(leavers, after, tickets)) {
            vertices.add(vertex);
            if (vertex.role == Role.UNDO) {
                undoes.put(vertex.ticket.id(), vertex);
                added.add(vertex);
            }
        }
        return added;
    }

    /** It is done with. */
    void remove(Vertex vertex) {
        vertices.remove(vertex);
        if (vertex.role == Role.UNDO) {
            undoes.remove(vertex.ticket.id());
        }
    }

    /** One that was not wanted any more has ended. */
    void forget(Vertex vertex) {
        if (vertex.role == Role.UNDO) {
            withdrawn.remove(vertex);
        }
    }
}
