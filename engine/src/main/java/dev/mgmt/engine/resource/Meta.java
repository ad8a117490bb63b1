package dev.mgmt.engine.resource;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The meta parameters every resource has.
 *
 * @param noop check only, report what would change
 * @param retries what happens after an error, of a check-apply and of a watch alike
 * @param poll over zero: no watch, a check every so often
 * @param rate how often events may lead to a check-apply
 * @param semaphores counting semaphores held around the whole check-apply, sorted by name
 * @param timeout a check-apply that takes longer is stopped and counts as an error; zero: none
 * @param traits what else holds for the resource
 */
public record Meta(
        boolean noop,
        Retries retries,
        Duration poll,
        RateLimit rate,
        List<Semaphore> semaphores,
        Duration timeout,
        Set<Trait> traits) {
    public static final Meta NONE =
            new Meta(
                    false,
                    Retries.NONE,
                    Duration.ZERO,
                    RateLimit.NONE,
                    List.of(),
                    Duration.ZERO,
                    EnumSet.of(Trait.AUTOEDGE, Trait.AUTOGROUP, Trait.REWATCH));

    public Meta {
        semaphores = semaphores.stream().sorted().distinct().toList();
        traits = traits.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(traits));
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /**
     * @param times extra tries after an error; -1 for ever
     * @param delay pause before the first of them
     * @param backoff what the pause is multiplied with after each; 1: it stays the same
     */
    public record Retries(int times, Duration delay, double backoff) {
        public static final Retries NONE = new Retries(0, Duration.ZERO, 1);

        public Retries {
            if (!(backoff >= 1)) {
                throw new IllegalArgumentException("backoff below 1: " + backoff);
            }
        }
    }

    /**
     * A token bucket.
     *
     * @param perSecond tokens that come back in a second; may be infinite
     * @param burst tokens the bucket holds, at least 1 where the rate is finite
     */
    public record RateLimit(double perSecond, int burst) {
        public static final RateLimit NONE = new RateLimit(Double.POSITIVE_INFINITY, 0);

        public boolean limits() {
            return !Double.isInfinite(perSecond);
        }
    }

    /** What holds for a resource, or does not. */
    public enum Trait {
        /** May be the source of generated edges. */
        AUTOEDGE,
        /** May be applied together with others of its kind. */
        AUTOGROUP,
        /** Having failed, gets a new chance with the next graph. */
        REWATCH,
        /** Runs even if the watch of a predecessor has ended. */
        REALIZE,
        /** Is undone when it leaves the graph. */
        REVERSE
    }

    /**
     * @param size how many holders at once, at least 1
     */
    public record Semaphore(Scope scope, String name, int size) implements Comparable<Semaphore> {
        public Semaphore(String name, int size) {
            this(Scope.HOST, name, size);
        }

        @Override
        public int compareTo(Semaphore other) {
            int byScope = scope.compareTo(other.scope);
            int byName = byScope != 0 ? byScope : name.compareTo(other.name);
            return byName != 0 ? byName : Integer.compare(size, other.size);
        }
    }

    /** Where a semaphore counts. */
    public enum Scope {
        HOST,
        FLEET
    }
}
