package dev.mgmt.remote.fleet;

import java.time.Instant;

/** Time that never goes back, whatever becomes of the machine's clock; its zero means nothing. */
final class Clock {
    private final long start = System.nanoTime();

    Instant now() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - start);
    }
}
