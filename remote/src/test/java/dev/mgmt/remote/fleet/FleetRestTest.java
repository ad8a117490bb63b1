package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Counts;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.remote.fleet.FleetRest.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetRestTest {
    private static final Instant START = Instant.EPOCH;

    private final FleetRest rest = new FleetRest();
    private long seconds;

    @Test
    void anEmptyFleetIsNotAtRest() {
        assertEquals("no", standing());
        take(new Input.Joined("a"));
        take(new Input.Left("a"));
        assertEquals("no", standing());
    }

    @Test
    void aHostIsWaitedForUntilItHasAppliedItsGraphAndIsIdle() {
        take(new Input.Joined("a"));
        assertEquals("waits for [a]", standing());
        take(new Input.Pushing("a"));
        take(new Input.Pushed("a", 5, Set.of()));
        assertEquals("waits for [a]", standing());
        report("a", 0, Phase.PREPARING, 0, 0);
        report("a", 5, Phase.PREPARING, 0, 1);
        report("a", 5, Phase.WORKING, 0, 2);
        assertEquals("waits for [a]", standing());
        report("a", 5, Phase.IDLE, 0, 3);
        assertEquals("since 7", standing());
    }

    @Test
    void everyHostIsWaitedFor() {
        settled("a", 5);
        take(new Input.Joined("b"));
        assertEquals("waits for [b]", standing());
        settled("b", 6);
        assertEquals("since 7", standing());
    }

    @Test
    void idleUnderAnOlderGraphIsNotRest() {
        settled("a", 5);
        take(new Input.Pushing("a"));
        assertEquals("waits for [a]", standing());
        take(new Input.Pushed("a", 9, Set.of()));
        report("a", 5, Phase.IDLE, 0, 3);
        assertEquals("waits for [a]", standing());
        report("a", 9, Phase.IDLE, 0, 4);
        assertEquals("since 7", standing());
    }

    @Test
    void aReportThatOvertakesTheNewsOfItsPushCounts() {
        settled("a", 5);
        take(new Input.Pushing("a"));
        report("a", 9, Phase.IDLE, 0, 4);
        assertEquals("waits for [a]", standing());
        take(new Input.Pushed("a", 9, Set.of()));
        assertEquals("since 6", standing());
    }

    @Test
    void twoPushesAtOnceAreBothWaitedFor() {
        settled("a", 5);
        take(new Input.Pushing("a"));
        take(new Input.Pushing("a"));
        take(new Input.Pushed("a", 9, Set.of()));
        report("a", 9, Phase.IDLE, 0, 4);
        assertEquals("waits for [a]", standing());
        take(new Input.Pushed("a", 8, Set.of("file")));
        assertEquals("since 8", standing());
    }

    @Test
    void aWriteIsWaitedForByThoseWhoCollectItsKind() {
        collecting("a", 5, Set.of("file"));
        collecting("b", 5, Set.of("exec", "file"));
        collecting("c", 5, Set.of());
        take(new Input.Written("file", 20));
        assertEquals("waits for [a, b]", standing());
        report("a", 5, Phase.IDLE, 20, 4);
        report("b", 5, Phase.IDLE, 19, 4);
        assertEquals("waits for [b]", standing());
        report("b", 5, Phase.IDLE, 20, 4);
        assertEquals("since 13", standing());
        take(new Input.Written("print", 21));
        assertEquals("since 13", standing());
    }

    @Test
    void aValueIsWaitedForByThoseWhoReadAnyWhateverElseTheyHaveSeen() {
        collecting("a", 5, Set.of("file", FleetRest.VALUES));
        collecting("b", 5, Set.of("file"));
        take(new Input.Written("file", 20));
        take(new Input.Written(FleetRest.VALUES, 21));
        report("b", 5, Phase.IDLE, 20, 4);
        reportValues("a", 30, 20);
        assertEquals("waits for [a]", standing());
        reportValues("a", 20, 21);
        assertEquals("since 11", standing());
    }

    private void reportValues(String host, long seen, long seenValues) {
        take(
                new Input.Reported(
                        host,
                        new EngineStatus(
                                5,
                                seen,
                                seenValues,
                                Phase.IDLE,
                                4,
                                new Counts(0, 0, 0, 0, 0, 0),
                                List.of(),
                                List.of())));
    }

    @Test
    void aGraphThatStartsToCollectWaitsForWhatWasWrittenBefore() {
        take(new Input.Written("file", 20));
        settled("a", 5);
        assertEquals("since 4", standing());
        take(new Input.Pushed("a", 30, Set.of("file")));
        report("a", 30, Phase.IDLE, 19, 4);
        assertEquals("waits for [a]", standing());
        report("a", 30, Phase.IDLE, Long.MAX_VALUE, 4);
        assertEquals("since 7", standing());
    }

    @Test
    void aWriteThatIsToldAgainTakesNothingBack() {
        collecting("a", 5, Set.of("file"));
        take(new Input.Written("file", 20));
        report("a", 5, Phase.IDLE, 20, 4);
        take(new Input.Written("file", 12));
        assertEquals("since 5", standing());
    }

    @Test
    void restBeginsAnewWhenAnythingHappenedInBetween() {
        settled("a", 5);
        settled("b", 6);
        assertEquals("since 6", standing());
        report("a", 5, Phase.IDLE, 0, 3);
        assertEquals("since 6", standing());
        report("a", 5, Phase.IDLE, 0, 4);
        assertEquals("since 8", standing());
    }

    @Test
    void restThatWasBrokenBeginsWhenItIsRegained() {
        settled("a", 5);
        report("a", 5, Phase.WORKING, 0, 4);
        assertEquals("waits for [a]", standing());
        report("a", 5, Phase.IDLE, 0, 5);
        assertEquals("since 5", standing());
    }

    @Test
    void failedAndBlockedResourcesSettle() {
        take(new Input.Joined("a"));
        take(new Input.Pushed("a", 5, Set.of()));
        ResourceId one = new ResourceId("file", "one");
        ResourceId two = new ResourceId("file", "two");
        EngineStatus failed =
                new EngineStatus(
                        5,
                        0,
                        Phase.IDLE,
                        3,
                        new Counts(2, 0, 0, 0, 1, 1),
                        List.of(new EngineStatus.Failure(one, "no space")),
                        List.of(two));
        take(new Input.Reported("a", failed));
        assertEquals("since 3", standing());
    }

    @Test
    void aVanishedHostIsWaitedForUntilItIsBackOrGivenUp() {
        settled("a", 5);
        settled("b", 6);
        take(new Input.Vanished("a"));
        assertEquals("waits for [a]", standing());
        report("a", 5, Phase.IDLE, 0, 3);
        assertEquals("since 8", standing());
        take(new Input.Vanished("a"));
        take(new Input.Failed("a"));
        assertEquals("since 10", standing());
    }

    @Test
    void whatAGivenUpHostStillSaysChangesNothing() {
        settled("a", 5);
        settled("b", 6);
        take(new Input.Failed("b"));
        assertEquals("since 6", standing());
        report("b", 6, Phase.WORKING, 0, 9);
        take(new Input.Vanished("b"));
        take(new Input.Pushing("b"));
        take(new Input.Pushed("b", 11, Set.of("file")));
        take(new Input.Written("file", 12));
        assertEquals("since 6", standing());
    }

    @Test
    void aGivenUpHostThatJoinsAgainIsWaitedFor() {
        settled("a", 5);
        take(new Input.Failed("a"));
        take(new Input.Joined("a"));
        assertEquals("waits for [a]", standing());
    }

    @Test
    void aFleetOfWhichNothingIsLeftHasNothingToWaitFor() {
        take(new Input.Joined("a"));
        take(new Input.Failed("a"));
        assertEquals("since 2", standing());
    }

    @Test
    void hostsThatLeaveAreForgotten() {
        settled("a", 5);
        take(new Input.Joined("b"));
        take(new Input.Left("b"));
        assertEquals("since 5", standing());
        report("b", 0, Phase.WORKING, 0, 1);
        assertEquals("since 5", standing());
    }

    @Test
    void theTimeoutIsCountedFromTheBeginningOfRest() {
        assertEquals(Optional.empty(), rest.over(Duration.ofSeconds(5)));
        settled("a", 5);
        assertEquals(Optional.of(START.plusSeconds(8)), rest.over(Duration.ofSeconds(5)));
        assertEquals(Optional.of(START.plusSeconds(3)), rest.over(Duration.ZERO));
    }

    private void settled(String host, long revision) {
        collecting(host, revision, Set.of());
    }

    private void collecting(String host, long revision, Set<String> kinds) {
        take(new Input.Joined(host));
        take(new Input.Pushed(host, revision, kinds));
        report(host, revision, Phase.IDLE, 0, 3);
    }

    private void report(String host, long graph, Phase phase, long seen, long activity) {
        Counts counts = new Counts(1, 1, 0, 0, 0, 0);
        take(
                new Input.Reported(
                        host,
                        new EngineStatus(
                                graph, seen, phase, activity, counts, List.of(), List.of())));
    }

    /** Every input comes a second after the one before. */
    private void take(Input input) {
        seconds++;
        rest.take(input, START.plusSeconds(seconds));
    }

    private String standing() {
        if (rest.since().isPresent()) {
            return "since " + Duration.between(START, rest.since().get()).toSeconds();
        }
        return rest.unsettled().isEmpty()
                ? "no"
                : "waits for " + rest.unsettled().stream().sorted().toList();
    }
}
