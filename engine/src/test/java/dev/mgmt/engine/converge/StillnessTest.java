package dev.mgmt.engine.converge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Counts;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StillnessTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();

    private static EngineStatus status(Phase phase, long activity) {
        return new EngineStatus(
                1, 0, phase, activity, new Counts(0, 0, 0, 0, 0, 0), List.of(), List.of());
    }

    @Test
    void reachedWhenIdleForTheWholeTime() {
        Stillness still =
                Stillness.of(SECOND.multipliedBy(5)).after(status(Phase.IDLE, 7), time.now());
        assertFalse(still.reachedAt(time.pass(Duration.ofMillis(4999)).now()));
        assertEquals(Optional.of(Duration.ofMillis(1)), still.left(time.now()));
        assertTrue(still.reachedAt(time.pass(Duration.ofMillis(1)).now()));
    }

    @Test
    void statusThatRepeatsItselfDoesNotBeginAnew() {
        Stillness still = Stillness.of(SECOND).after(status(Phase.IDLE, 7), time.now());
        still = still.after(status(Phase.IDLE, 7), time.pass(SECOND).now());
        assertTrue(still.reachedAt(time.now()));
    }

    @Test
    void activityBetweenTwoIdleStandingsBeginsAnew() {
        Stillness still = Stillness.of(SECOND).after(status(Phase.IDLE, 7), time.now());
        still = still.after(status(Phase.IDLE, 8), time.pass(SECOND).now());
        assertFalse(still.reachedAt(time.now()));
        assertTrue(still.reachedAt(time.pass(SECOND).now()));
    }

    @Test
    void workEndsTheRest() {
        Stillness still = Stillness.of(Duration.ZERO).after(status(Phase.IDLE, 7), time.now());
        assertTrue(still.reachedAt(time.now()));
        still = still.after(status(Phase.WORKING, 7), time.now());
        assertFalse(still.reachedAt(time.pass(SECOND).now()));
        assertEquals(Optional.empty(), still.left(time.now()));
    }

    @Test
    void preparingIsNoRestAndLessThanZeroIsNever() {
        assertFalse(
                Stillness.of(Duration.ZERO)
                        .after(status(Phase.PREPARING, 0), time.now())
                        .reachedAt(time.now()));
        Stillness never =
                Stillness.of(Duration.ofSeconds(-1)).after(status(Phase.IDLE, 1), time.now());
        assertFalse(never.reachedAt(time.pass(Duration.ofDays(9)).now()));
    }
}
