package dev.mgmt.engine;

import java.time.Duration;

/** A clock that goes when it is told to. */
public final class ManualTime {
    private Duration now = Duration.ZERO;

    public Duration now() {
        return now;
    }

    public ManualTime pass(Duration time) {
        now = now.plus(time);
        return this;
    }
}
