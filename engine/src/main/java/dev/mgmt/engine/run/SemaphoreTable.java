package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.Semaphore;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counting semaphores. A turn takes its own one after the other in sorted order and keeps what it
 * has while it waits for the next: as the order is the same for all, no circle of waiting can
 * arise. Who waits longest is served first.
 *
 * <p>For those of the fleet a turn first needs one of as many places on this host, so that a host
 * never queues up in the fleet more often than it could run; the store gives the other one.
 */
final class SemaphoreTable {
    private final Map<String, Places> places = new HashMap<>();
    private final List<Semaphore> forAll;

    /** Where somebody who waits may be given a place. */
    private final ArrayDeque<Places> freed = new ArrayDeque<>();

    /** Who waits for a place of the fleet, by its number. */
    private final Map<Long, Turn> awaiting = new HashMap<>();

    private final Consumer<Effect> effects;
    private long lastPlace;

    SemaphoreTable(OptionalInt vertexLimit, Consumer<Effect> effects) {
        this.effects = effects;
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
            if (!hold(turn)) {
                return false;
            }
        }
        return true;
    }

    /** It has its place on this host; tells whether that is all it needs. */
    private boolean hold(Turn turn) {
        Semaphore semaphore = semaphore(turn, turn.held);
        return switch (semaphore.scope()) {
            case HOST -> {
                turn.held++;
                yield true;
            }
            case FLEET -> {
                lastPlace++;
                turn.awaited = lastPlace;
                awaiting.put(lastPlace, turn);
                effects.accept(
                        new Effect.TakePlace(
                                new Effect.Place(lastPlace, semaphore.name(), semaphore.size())));
                yield false;
            }
        };
    }

    /** The store has given a place: who waited for it is to acquire the rest. */
    @Nullable Turn given(long place) {
        Turn turn = awaiting.remove(place);
        if (turn != null) {
            turn.awaited = null;
            turn.places.add(place);
            turn.held++;
        }
        return turn;
    }

    /** Gives back what the turn holds and takes it out of the queue it waits in. */
    void release(Turn turn) {
        if (turn.held < wanted(turn)) {
            Places awaited = places(turn, turn.held);
            awaited.waiting.remove(turn);
            freed.add(awaited);
        }
        Long asked = turn.awaited;
        if (asked != null) {
            turn.awaited = null;
            awaiting.remove(asked);
            effects.accept(new Effect.LeavePlace(asked));
            places(turn, turn.held).free++;
        }
        while (turn.held > 0) {
            turn.held--;
            Places given = places(turn, turn.held);
            given.free++;
            freed.add(given);
        }
        turn.places.forEach(place -> effects.accept(new Effect.LeavePlace(place)));
        turn.places.clear();
    }

    /** Who waits longest for a place that is free now, and has it: it is to acquire the rest. */
    @Nullable Turn next() {
        for (Places places = freed.peek(); places != null; places = freed.peek()) {
            Turn first = places.free > 0 ? places.waiting.poll() : null;
            if (first == null) {
                freed.remove();
                continue;
            }
            places.free--;
            if (hold(first)) {
                return first;
            }
        }
        return null;
    }

    private int wanted(Turn turn) {
        return forAll.size() + turn.semaphores.size();
    }

    private Semaphore semaphore(Turn turn, int position) {
        return position < forAll.size()
                ? forAll.get(position)
                : turn.semaphores.get(position - forAll.size());
    }

    private Places places(Turn turn, int position) {
        Semaphore semaphore = semaphore(turn, position);
        String key = semaphore.scope() + semaphore.name() + ":" + semaphore.size();
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
