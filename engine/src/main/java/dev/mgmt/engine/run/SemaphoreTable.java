package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.Semaphore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Counting semaphores of one host. A vertex takes its own one after the other in sorted order and
 * keeps what it has while it waits for the next: as the order is the same for all, no circle of
 * waiting can arise. Who waits longest is served first.
 */
final class SemaphoreTable {
    private final Map<String, Places> places = new HashMap<>();
    private final List<Semaphore> forAll;

    SemaphoreTable(OptionalInt vertexLimit) {
        forAll =
                vertexLimit.isPresent()
                        ? List.of(new Semaphore("", vertexLimit.getAsInt()))
                        : List.of();
    }

    /** Takes what can be taken; tells whether the vertex now holds all of its semaphores. */
    boolean acquire(Vertex vertex) {
        int wanted = forAll.size() + vertex.meta.semaphores().size();
        while (vertex.held < wanted) {
            Places next = places(vertex, vertex.held);
            if (next.free == 0) {
                next.waiting.add(vertex);
                return false;
            }
            next.free--;
            vertex.held++;
        }
        return true;
    }

    /**
     * Gives back what the vertex holds and takes it out of the queue it waits in.
     *
     * @return those that were waiting and may try to go on, in their order
     */
    List<Vertex> release(Vertex vertex) {
        int wanted = forAll.size() + vertex.meta.semaphores().size();
        if (wanted == 0) {
            return List.of();
        }
        if (vertex.held < wanted) {
            places(vertex, vertex.held).waiting.remove(vertex);
        }
        List<Vertex> next = new ArrayList<>();
        while (vertex.held > 0) {
            vertex.held--;
            Places given = places(vertex, vertex.held);
            given.free++;
            Vertex first = given.waiting.poll();
            if (first != null) {
                next.add(first);
            }
        }
        return next;
    }

    private Places places(Vertex vertex, int position) {
        Semaphore semaphore =
                position < forAll.size()
                        ? forAll.get(position)
                        : vertex.meta.semaphores().get(position - forAll.size());
        String key = semaphore.name() + ":" + semaphore.size();
        Places known = places.get(key);
        if (known == null) {
            known = new Places(semaphore.size());
            places.put(key, known);
        }
        return known;
    }

    private static final class Places {
        private final ArrayDeque<Vertex> waiting = new ArrayDeque<>();
        private int free;

        private Places(int size) {
            free = size;
        }
    }
}
