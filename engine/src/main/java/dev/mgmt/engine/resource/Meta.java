package dev.mgmt.engine.resource;

import java.time.Duration;
import java.util.List;

/**
 * The meta parameters every resource has.
 *
 * @param noop check only, report what would change
 * @param retry extra tries after an error; -1 for ever
 * @param delay pause between tries
 * @param poll over zero: no watch, a check every so often
 * @param semaphores counting semaphores held around the whole check-apply, sorted by name
 */
public record Meta(
        boolean noop, int retry, Duration delay, Duration poll, List<Semaphore> semaphores) {
    public static final Meta NONE = new Meta(false, 0, Duration.ZERO, Duration.ZERO, List.of());

    public Meta {
        semaphores = semaphores.stream().sorted().distinct().toList();
    }

    /**
     * @param size how many holders at once, at least 1
     */
    public record Semaphore(String name, int size) implements Comparable<Semaphore> {
        @Override
        public int compareTo(Semaphore other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : Integer.compare(size, other.size);
        }
    }
}
