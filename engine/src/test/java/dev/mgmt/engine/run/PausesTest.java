package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.resource.Meta.Retries;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PausesTest {
    private final Pauses pauses = new Pauses(new Random(1));

    private static Retries retries(Duration delay, double backoff) {
        return new Retries(-1, delay, backoff);
    }

    private void assertAbout(Duration expected, int attempt, Retries retries) {
        for (int i = 0; i < 1000; i++) {
            long pause = pauses.before(attempt, retries).toNanos();
            assertTrue(pause >= expected.toNanos() * 0.9 - 1, "too short: " + pause);
            assertTrue(pause <= expected.toNanos() * 1.1 + 1, "too long: " + pause);
        }
    }

    @Test
    void pauseThatDoesNotGrowIsKeptToTheLetter() {
        Retries steady = retries(Duration.ofMillis(7), 1);
        assertEquals(Duration.ofMillis(7), pauses.before(1, steady));
        assertEquals(Duration.ofMillis(7), pauses.before(1000, steady));
        assertEquals(Duration.ZERO, pauses.before(9, retries(Duration.ZERO, 2)));
    }

    @Test
    void pauseGrowsWithEachTryAndIsSpreadByATenthAtMost() {
        Retries doubling = retries(Duration.ofMillis(100), 2);
        assertAbout(Duration.ofMillis(100), 1, doubling);
        assertAbout(Duration.ofMillis(200), 2, doubling);
        assertAbout(Duration.ofMillis(1600), 5, doubling);
    }

    @Test
    void pauseGrowsToAMinuteOrStaysAtALongerDelay() {
        assertAbout(Duration.ofSeconds(60), 1_000_000, retries(Duration.ofMillis(100), 100));
        assertAbout(Duration.ofHours(1), 5, retries(Duration.ofHours(1), 2));
    }
}
