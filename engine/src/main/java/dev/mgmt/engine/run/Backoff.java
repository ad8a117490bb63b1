package dev.mgmt.engine.run;

import java.time.Duration;

/** Pauses that double from a tenth of a second to ten seconds, until something succeeds. */
final class Backoff {
    private static final int FIRST_MILLIS = 100;
    private static final int LAST_MILLIS = 10_000;
    private int next = FIRST_MILLIS;

    Duration pause() {
        int pause = next;
        next = Math.min(LAST_MILLIS, next * 2);
        return Duration.ofMillis(pause);
    }

    void succeeded() {
        next = FIRST_MILLIS;
    }
}
