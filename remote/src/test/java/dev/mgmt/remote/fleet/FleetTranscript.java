package dev.mgmt.remote.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Everything a run told, and a way to wait for a part of it. */
final class FleetTranscript implements Consumer<FleetEvent> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final List<FleetEvent> events = new ArrayList<>();
    private final Consumer<FleetEvent> also;
    private long lastNanos = System.nanoTime();

    FleetTranscript() {
        this(_ -> {});
    }

    /**
     * @param also told of every event first
     */
    FleetTranscript(Consumer<FleetEvent> also) {
        this.also = also;
    }

    @Override
    public void accept(FleetEvent event) {
        also.accept(event);
        synchronized (this) {
            events.add(event);
            lastNanos = System.nanoTime();
            notifyAll();
        }
    }

    synchronized List<FleetEvent> all() {
        return List.copyOf(events);
    }

    synchronized <T extends FleetEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until so many events of a kind have come. */
    synchronized <T extends FleetEvent> T await(Class<T> type, int number)
            throws InterruptedException {
        return await(type, number, _ -> true);
    }

    synchronized <T extends FleetEvent> T await(Class<T> type, int number, Predicate<T> which)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<T> found = all(type).stream().filter(which).toList();
        while (found.size() < number) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no " + type.getSimpleName() + " in " + events);
            }
            wait(left);
            found = all(type).stream().filter(which).toList();
        }
        return found.get(number - 1);
    }

    /** Waits until an event of a kind has come after another one. */
    synchronized <T extends FleetEvent> T awaitAfter(FleetEvent earlier, Class<T> type)
            throws InterruptedException {
        return await(type, 1, it -> events.lastIndexOf(it) > events.indexOf(earlier));
    }

    /** Waits until nothing has been told for so long. */
    synchronized void awaitCalm(Duration calm) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long left = left(calm);
        while (left > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no calm in " + events);
            }
            wait(left / 1_000_000 + 1);
            left = left(calm);
        }
    }

    private long left(Duration calm) {
        return lastNanos + calm.toNanos() - System.nanoTime();
    }

    @Override
    public synchronized String toString() {
        return events.toString();
    }
}
