package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.Semaphore;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Counting semaphores of one host. A turn takes its own one after the other in sorted order and
 * keeps what it has while it waits for the next: as the order is the same for all, no circle of
 * waiting can arise. Who waits longest is served first.
 */
final class SemaphoreTable {
    private final Map<String, Places> places = new HashMap<>();
    private final List<Semaphore> forAll;

    /** Where somebody who waits may be given a place. */
    private final ArrayDeque<Places> freed = new ArrayDeque<>();

    SemaphoreTable(OptionalInt vertexLimit) {
        forAll =
                vertexLimit.isPresent()
                        ? List.of(new Semaphore("", vertexLimit.getAsInt()))
                        : List.of();
    }

    /** Takes what can be taken; tells whether the turn now holds all of its semaphores. */
    boolean acquire(Turn turn) {
        int wanted = wanted(turn);
        while (turn.held < wanted) {
            Places next = places(turn, turn.held);
            if (next.free == 0 || !next.waiting.isEmpty()) {
                next.waiting.add(turn);
                return false;
            }
            next.free--;
            turn.held++;
        }
        return true;
    }

    /** Gives back what the turn holds and takes it out of the queue it waits in. */
    void release(Turn turn) {
        if (turn.held < wanted(turn)) {
            Places awaited = places(turn, turn.held);
            awaited.waiting.remove(turn);
            freed.add(awaited);
        }
        while (turn.held > 0) {
            turn.held--;
            Places given = places(turn, turn.held);
            given.free++;
            freed.add(given);
        }
    }

    /** Who waits longest for a place that is free now, and has it: it is to acquire the rest. */
    @Nullable Turn next() {
        for (Places places = freed.peek(); places != null; places = freed.peek()) {
            Turn first = places.free > 0 ? places.waiting.poll() : null;
            if (first != null) {
                places.free--;
                first.held++;
                return first;
            }
            freed.remove();
        }
        return null;
    }

    private int wanted(Turn turn) {
        return forAll.size() + turn.semaphores.size();
    }

    private Places places(Turn turn, int position) {
        Semaphore semaphore =
                position < forAll.size()
                        ? forAll.get(position)
                        : turn.semaphores.get(position - forAll.size());
        String key = semaphore.name() + ":" + semaphore.size();
        Places known = places.get(key);
        if (known == null) {
            known = new Places(semaphore.size());
            places.put(key, known);
        }
        return known;
    }

    private static final class Places {
        private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
        private int free;

        private Places(int size) {
            free = size;
        }
    }
}
