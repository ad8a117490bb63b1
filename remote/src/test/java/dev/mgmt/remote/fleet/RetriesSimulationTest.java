package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.fleet.HostFailure.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hosts that are lost, come back, die and stay away, in any order: trying always ends. */
class RetriesSimulationTest {
    private static final Pace PACE = Pace.USUAL;
    private static final List<Stage> WAY =
            List.of(Stage.CONNECTING, Stage.PROBING, Stage.COPYING, Stage.STARTING);

    static List<Long> seeds() {
        return new Random(20_26).longs(300).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tryingEndsAndNotBeforeItsTime(long seed) {
        Random random = new Random(seed);
        Duration linger = Duration.ofSeconds(random.nextInt(600));
        Duration regaining = linger.compareTo(PACE.regaining()) > 0 ? linger : PACE.regaining();
        Retries retries = new Retries(PACE, linger, random);
        Instant now = Instant.EPOCH;
        Optional<Instant> lost = Optional.empty();
        int comebacks = random.nextInt(20);
        int deaths = 0;
        for (int step = 0; step < 10_000; step++) {
            if (comebacks > 0 && random.nextInt(3) == 0) {
                comebacks--;
                retries.running(now);
                assertFalse(retries.isRegaining());
                lost = Optional.empty();
                Duration life = Duration.ofSeconds(random.nextInt(60));
                now = now.plus(life);
                deaths = life.compareTo(PACE.healthy()) >= 0 ? 0 : deaths;
                lost = Optional.of(now);
                boolean dies = random.nextBoolean();
                deaths += dies ? 1 : 0;
                Retries.Verdict verdict = retries.after(dies ? died() : cut(), now);
                if (verdict instanceof Retries.Verdict.GiveUp) {
                    assertTrue(dies, "given up at once");
                    assertEquals(PACE.lives(), deaths);
                    return;
                }
                now = now.plus(checked(verdict, regaining));
            } else {
                now = now.plusMillis(random.nextInt(12_000));
                Stage stage = WAY.get(random.nextInt(WAY.size()));
                Retries.Verdict verdict = retries.after(passing(stage), now);
                if (verdict instanceof Retries.Verdict.GiveUp(HostFailure failure)) {
                    if (lost.isPresent()) {
                        Duration tried = Duration.between(lost.get(), now);
                        assertTrue(tried.compareTo(regaining) >= 0, tried::toString);
                        assertEquals(Cause.LINK_LOST, failure.cause());
                    }
                    return;
                }
                now = now.plus(checked(verdict, regaining));
            }
        }
        throw new AssertionError("it never ends");
    }

    private static Duration checked(Retries.Verdict verdict, Duration regaining) {
        Retries.Verdict.Again again = (Retries.Verdict.Again) verdict;
        assertFalse(again.pause().isNegative());
        assertTrue(again.pause().compareTo(Duration.ofMillis(18_750)) <= 0, again::toString);
        again.givesUpIn().ifPresent(left -> assertTrue(left.compareTo(regaining) <= 0));
        return again.pause();
    }

    private static Trouble passing(Stage stage) {
        return new Trouble(
                new HostFailure(Cause.UNREACHABLE, stage, "gone", "refused", "wait"),
                Trouble.Nature.PASSING);
    }

    private static Trouble cut() {
        return new Trouble(Failures.linkLost(Stage.RUNNING, "cut"), Trouble.Nature.PASSING);
    }

    private static Trouble died() {
        return new Trouble(Failures.agentDied("killed"), Trouble.Nature.AGENT_DIED);
    }
}
