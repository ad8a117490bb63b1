package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulation's books on what there is on the host, in whose care, and what is to be undone. */
final class UndoLedger {
    private final Map<ResourceId, Resource> existing = new HashMap<>();

    /** Who had a name last. */
    private final Map<ResourceId, Resource> owners = new HashMap<>();

    /** What left and is not undone is nobody's until it is made again. */
    private final Set<ResourceId> orphans = new HashSet<>();

    /** What is undone, and what must be undone before it. */
    private final Map<Ticket, Set<Ticket>> undoes = new LinkedHashMap<>();

    /** All that ever were to undo something. */
    private final Set<Ticket> all = new HashSet<>();

    private ResourceGraph before = ResourceGraph.empty();
    private ResourceGraph graph = ResourceGraph.empty();

    /** What comes back is not undone any more. */
    void switched(ResourceGraph next) {
        before = graph;
        graph = next;
        owners.putAll(graph.resources());
        existing.replaceAll(
                (id, last) -> orphans.contains(id) ? last : graph.resource(id).orElse(last));
        existing.forEach(this::orphan);
        undoes.keySet().removeIf(this::isBack);
        undoes.values().forEach(earlier -> earlier.removeIf(this::isBack));
    }

    /** What left together is undone in the reverse order of the graph it left. */
    void begun(List<Effect> effects) {
        List<Ticket> fresh = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Adopt(Ticket vertex, Resource _) && !isBack(vertex)) {
                fresh.add(vertex);
            }
        }
        all.addAll(fresh);
        for (Ticket undo : fresh) {
            Set<ResourceId> behind = new HashSet<>();
            reach(undo.id(), behind);
            Set<Ticket> earlier = new HashSet<>();
            for (Ticket other : fresh) {
                if (!other.equals(undo) && behind.contains(other.id())) {
                    earlier.add(other);
                }
            }
            undoes.put(undo, earlier);
        }
    }

    /** A run has changed something or, if it is well, left all as asked for. */
    void ran(Ticket ticket, boolean well) {
        if (!all.contains(ticket)) {
            Resource last = owners.get(ticket.id());
            if (last != null) {
                existing.put(ticket.id(), last);
                orphans.remove(ticket.id());
                orphan(ticket.id(), last);
            }
        } else if (well) {
            existing.remove(ticket.id());
            undoes.remove(ticket);
            undoes.values().forEach(earlier -> earlier.remove(ticket));
        }
    }

    void checkTurn(Ticket ticket) {
        assertEquals(Set.of(), undoes.get(ticket), "undone too early or for nothing: " + ticket);
    }

    Collection<Ticket> pending() {
        return undoes.keySet();
    }

    /** When all has been told, and nothing fails. */
    void checkEnd() {
        existing.forEach(
                (id, resource) ->
                        assertTrue(
                                graph.resource(id).isPresent()
                                        || !resource.meta().has(Trait.REVERSE),
                                "never undone: " + id));
        assertTrue(existing.keySet().containsAll(graph.resources().keySet()), "undone for good");
    }

    private boolean isBack(Ticket ticket) {
        return graph.resource(ticket.id()).isPresent();
    }

    private void orphan(ResourceId id, Resource last) {
        if (graph.resource(id).isEmpty() && !last.meta().has(Trait.REVERSE)) {
            orphans.add(id);
        }
    }

    private void reach(ResourceId from, Set<ResourceId> reached) {
        for (ResourceId next : before.successors(from)) {
            if (reached.add(next)) {
                reach(next, reached);
            }
        }
    }
}
