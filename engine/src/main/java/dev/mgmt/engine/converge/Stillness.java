package dev.mgmt.engine.converge;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells when an engine has been at rest for long enough: idle, and with the same activity, without
 * a break. Time is the caller's: any clock that only goes forward, read when a status was told.
 *
 * @param wanted how long; zero is reached as soon as the engine is idle, and less than zero never
 * @param since when the present rest began; empty while the engine is not at rest
 * @param activity of the status last seen
 */
public record Stillness(Duration wanted, Optional<Duration> since, long activity) {
    public static Stillness of(Duration wanted) {
        return new Stillness(wanted, Optional.empty(), -1);
    }

    public Stillness after(EngineStatus status, Duration now) {
        if (status.phase() != Phase.IDLE) {
            return new Stillness(wanted, Optional.empty(), status.activity());
        }
        boolean goesOn = since.isPresent() && activity == status.activity();
        return new Stillness(wanted, goesOn ? since : Optional.of(now), status.activity());
    }

    public boolean reachedAt(Duration now) {
        Optional<Duration> left = left(now);
        return left.isPresent() && left.get().isZero();
    }

    /** How much is missing if nothing happens; empty if something must happen first. */
    public Optional<Duration> left(Duration now) {
        if (since.isEmpty() || wanted.isNegative()) {
            return Optional.empty();
        }
        Duration left = wanted.minus(now.minus(since.get()));
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }
}
