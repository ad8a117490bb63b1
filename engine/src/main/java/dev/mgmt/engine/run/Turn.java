package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.Scope;
import dev.mgmt.engine.resource.Meta.Semaphore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is run in one action, from when it queues for its semaphores to when the last of it has
 * ended: one vertex or several of a company. Every semaphore that any of them wants is taken once.
 */
final class Turn {
    /** Who queues, or runs and has not ended. */
    final Set<Vertex> members;

    final List<Semaphore> semaphores;

    /** How many semaphores it holds, in their sorted order. */
    int held;

    /** Those of them that are of the fleet, in the same order. */
    final List<Long> places = new ArrayList<>(0);

    /** The place of the fleet it waits for, having one on this host. */
    @Nullable Long awaited;

    private Turn(Collection<Vertex> members, List<Semaphore> semaphores) {
        this.members = new LinkedHashSet<>(members);
        this.semaphores = semaphores;
        for (Vertex vertex : members) {
            vertex.turn = this;
        }
    }

    static Turn of(Vertex vertex) {
        return new Turn(List.of(vertex), once(vertex.meta.semaphores()));
    }

    static Turn of(Collection<Vertex> vertices) {
        List<Semaphore> all = new ArrayList<>();
        for (Vertex vertex : vertices) {
            all.addAll(vertex.meta.semaphores());
        }
        return new Turn(vertices, once(all.stream().sorted().distinct().toList()));
    }

    /**
     * Of a semaphore of the fleet only the name counts, and the smallest of its sizes: to take a
     * second place of it might be to wait for oneself.
     */
    private static List<Semaphore> once(List<Semaphore> sorted) {
        List<Semaphore> kept = new ArrayList<>(sorted.size());
        for (Semaphore semaphore : sorted) {
            boolean again =
                    semaphore.scope() == Scope.FLEET
                            && !kept.isEmpty()
                            && kept.getLast().scope() == Scope.FLEET
                            && kept.getLast().name().equals(semaphore.name());
            if (!again) {
                kept.add(semaphore);
            }
        }
        return kept;
    }

    /** It does not run after all, or has ended. */
    void leave(Vertex vertex) {
        vertex.turn = null;
        members.remove(vertex);
    }
}
