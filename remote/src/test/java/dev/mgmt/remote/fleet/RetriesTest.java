package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.fleet.HostFailure.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final Trouble LOST =
            new Trouble(Failures.linkLost(Stage.RUNNING, "cut"), Trouble.Nature.PASSING);
    private static final Trouble UNREACHED =
            new Trouble(
                    new HostFailure(Cause.UNREACHABLE, Stage.CONNECTING, "gone", "refused", "wait"),
                    Trouble.Nature.PASSING);
    private static final Trouble DIED =
            new Trouble(Failures.agentDied("killed by KILL"), Trouble.Nature.AGENT_DIED);

    private Instant now = Instant.EPOCH;
    private Retries retries = lingering(Duration.ofMinutes(5));

    private static Retries lingering(Duration linger) {
        return new Retries(Pace.USUAL, linger, new Random(1));
    }

    @Test
    void everyStageOnTheWayToTheFirstAgentHasThreeAttempts() {
        Trouble slow =
                new Trouble(
                        new HostFailure(Cause.LINK_LOST, Stage.COPYING, "copy", "cut", "again"),
                        Trouble.Nature.PASSING);

        assertEquals(Optional.empty(), again(UNREACHED).givesUpIn());
        again(UNREACHED);
        again(slow);
        again(slow);

        assertEquals(slow.failure(), giveUp(slow));
    }

    @Test
    void whatWillNotGetBetterIsNotTriedAgain() {
        Trouble refused =
                new Trouble(
                        new HostFailure(Cause.LOGIN_REFUSED, Stage.CONNECTING, "no", "no", "no"),
                        Trouble.Nature.LASTING);

        assertEquals(refused.failure(), giveUp(refused));
    }

    @Test
    void pausesGrowToALongestOneAndNoFurther() {
        retries.running(now);
        Duration last = again(LOST).pause();
        assertTrue(last.compareTo(Duration.ofMillis(250)) >= 0, last::toString);
        for (int i = 0; i < 5; i++) {
            Duration next = again(UNREACHED).pause();
            assertTrue(next.compareTo(last) > 0, next + " after " + last);
            last = next;
        }
        for (int i = 0; i < 5; i++) {
            Duration next = again(UNREACHED).pause();
            assertTrue(next.compareTo(Duration.ofMillis(18_750)) <= 0, next::toString);
        }
    }

    @Test
    void aLostHostIsGivenUpWhenItsAgentHasStoppedLingering() {
        retries.running(now);
        again(LOST);
        assertTrue(retries.isRegaining());

        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertEquals(Duration.ofMillis(1), again(UNREACHED).pause());
        now = now.plusMillis(1);

        HostFailure failure = giveUp(UNREACHED);
        assertEquals(Cause.LINK_LOST, failure.cause());
        assertTrue(failure.what().contains("not regained within 300 s"), failure::what);
        assertTrue(failure.why().contains("refused"), failure::why);
    }

    @Test
    void whereAgentsDoNotLingerALostHostIsBroughtUpAgainForAMinute() {
        retries = lingering(Duration.ZERO);
        retries.running(now);

        assertEquals(Optional.of(Duration.ofMinutes(1)), again(LOST).givesUpIn());
    }

    @Test
    void everyLossHasTheWholeTimeAgain() {
        retries.running(now);
        again(LOST);
        now = now.plus(Duration.ofMinutes(4));
        again(UNREACHED);
        retries.running(now);
        assertFalse(retries.isRegaining());

        now = now.plus(Duration.ofMinutes(4));
        assertEquals(Optional.of(Duration.ofMinutes(5)), again(LOST).givesUpIn());
    }

    @Test
    void anAgentThatKeepsDyingIsStartedTwiceMore() {
        for (int i = 0; i < 2; i++) {
            retries.running(now);
            now = now.plusSeconds(1);
            again(DIED);
        }
        retries.running(now);

        HostFailure failure = giveUp(DIED);
        assertTrue(failure.what().contains("3 died in a row"), failure::what);
        assertTrue(failure.why().contains("killed by KILL"), failure::why);
    }

    @Test
    void anAgentThatLivedForAWhileBeginsANewRow() {
        for (int i = 0; i < 10; i++) {
            retries.running(now);
            now = now.plusSeconds(31);
            again(DIED);
        }
    }

    private Retries.Verdict.Again again(Trouble trouble) {
        return assertInstanceOf(Retries.Verdict.Again.class, retries.after(trouble, now));
    }

    private HostFailure giveUp(Trouble trouble) {
        return assertInstanceOf(Retries.Verdict.GiveUp.class, retries.after(trouble, now))
                .failure();
    }
}
