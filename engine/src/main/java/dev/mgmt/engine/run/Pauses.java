package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.Retries;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a try. A pause that grows is spread by up to a tenth either way, so that
 * what failed together does not come back together; one that stays the same is kept to the letter.
 */
final class Pauses {
    /** No pause grows beyond this; a delay that is longer from the start stays as it is. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final double SPREAD = 0.1;

    private final RandomGenerator random;

    Pauses(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempt 1 for the first try after an error
     */
    Duration before(int attempt, Retries retries) {
        Duration delay = retries.delay();
        if (retries.backoff() == 1 || delay.isZero()) {
            return delay;
        }
        double longest = Math.max(LONGEST.toNanos(), delay.toNanos());
        double grown = delay.toNanos() * Math.pow(retries.backoff(), attempt - 1);
        double spread = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofNanos((long) (Math.min(longest, grown) * spread));
    }
}
