package dev.mgmt.remote.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * What this machine, or this program alone, has slept through while others went on: who wakes much
 * later than it wanted to has been asleep. Such time is not counted against anybody, and says
 * nothing of hosts: a fleet has to be seen at rest. Knows no clock. Used by the run's owner only.
 */
final class Sleep {
    /** More than any pause that a busy machine makes. */
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private final Duration noticing;
    private Duration slept = Duration.ZERO;
    private Instant woken = Instant.MIN;

    /**
     * @param noticing how long it takes to learn that a host was lost
     */
    Sleep(Duration noticing) {
        this.noticing = noticing;
    }

    /** It is {@code now}, and nothing more was wanted than to wake at {@code planned}. */
    void woken(Instant planned, Instant now) {
        Duration late = Duration.between(planned, now);
        if (late.compareTo(NOTICED) > 0) {
            slept = slept.plus(late);
            woken = now;
        }
    }

    /** A point in time that was set without knowing of the sleep. */
    Instant put(Instant planned) {
        return planned.plus(slept);
    }

    /**
     * When rest will have lasted long enough, if hosts that were lost meanwhile are to be known.
     */
    Instant notBefore(Instant over, Duration atRest) {
        if (woken.equals(Instant.MIN)) {
            return over;
        }
        Instant known = woken.plus(noticing).plus(atRest);
        return over.isBefore(known) ? known : over;
    }
}
