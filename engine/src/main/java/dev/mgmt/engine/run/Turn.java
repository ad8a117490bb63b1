package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.Semaphore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    private Turn(Collection<Vertex> members, List<Semaphore> semaphores) {
        this.members = new LinkedHashSet<>(members);
        this.semaphores = semaphores;
        for (Vertex vertex : members) {
            vertex.turn = this;
        }
    }

    static Turn of(Vertex vertex) {
        return new Turn(List.of(vertex), vertex.meta.semaphores());
    }

    static Turn of(Collection<Vertex> vertices) {
        List<Semaphore> all = new ArrayList<>();
        for (Vertex vertex : vertices) {
            all.addAll(vertex.meta.semaphores());
        }
        return new Turn(vertices, all.stream().sorted().distinct().toList());
    }

    /** It does not run after all, or has ended. */
    void leave(Vertex vertex) {
        vertex.turn = null;
        members.remove(vertex);
    }
}
