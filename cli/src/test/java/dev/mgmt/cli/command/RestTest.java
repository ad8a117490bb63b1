package dev.mgmt.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestTest {
    private final Rest rest = new Rest(Optional.of(Duration.ofSeconds(5)));

    @Test
    void theTimeRunsFromTheFirstMomentOfRest() {
        assertEquals(Optional.empty(), left(0));
        take(Phase.WORKING, 1, 0, 1, 0);
        assertEquals(Optional.empty(), left(1));
        take(Phase.IDLE, 1, 0, 2, 2);
        assertEquals(Optional.of(Duration.ofSeconds(4)), left(3));
        assertEquals(Optional.of(Duration.ZERO), left(9));
    }

    @Test
    void sayingTheSameAgainDoesNotBeginAnew() {
        take(Phase.IDLE, 1, 0, 2, 0);
        take(Phase.IDLE, 1, 0, 2, 3);
        assertEquals(Optional.of(Duration.ofSeconds(1)), left(4));
    }

    @Test
    void activityInBetweenBeginsAnewEvenIfOnlyItsEndIsTold() {
        take(Phase.IDLE, 1, 0, 2, 0);
        take(Phase.IDLE, 1, 0, 3, 3);
        assertEquals(Optional.of(Duration.ofSeconds(4)), left(4));
    }

    @Test
    void anOldGraphOrExportsNotYetSeenAreNoRest() {
        take(Phase.IDLE, 0, 7, 2, 0);
        assertEquals(Optional.empty(), left(1));
        take(Phase.IDLE, 1, 6, 2, 1);
        assertEquals(Optional.empty(), left(2));
        take(Phase.IDLE, 1, 7, 2, 2);
        assertEquals(Optional.of(Duration.ofSeconds(5)), left(2));
    }

    @Test
    void aNewGraphDisturbsBeforeTheEngineTells() {
        take(Phase.IDLE, 1, 7, 2, 0);
        rest.disturb();
        assertEquals(Optional.empty(), left(9));
    }

    @Test
    void withoutATimeThereIsNoEnd() {
        Rest endless = new Rest(Optional.empty());
        endless.take(status(Phase.IDLE, 1, 7, 2), 1, 7, Duration.ZERO);
        assertEquals(Optional.empty(), endless.left(Duration.ofDays(1)));
    }

    private Optional<Duration> left(long seconds) {
        return rest.left(Duration.ofSeconds(seconds));
    }

    private void take(Phase phase, long graph, long seen, long activity, long seconds) {
        long lastExportChange = seen == 0 ? 0 : 7;
        rest.take(
                status(phase, graph, seen, activity),
                1,
                lastExportChange,
                Duration.ofSeconds(seconds));
    }

    private static EngineStatus status(Phase phase, long graph, long seen, long activity) {
        return new EngineStatus(
                graph,
                seen,
                phase,
                activity,
                new EngineStatus.Counts(1, 1, 0, 0, 0, 0),
                List.of(),
                List.of());
    }
}
