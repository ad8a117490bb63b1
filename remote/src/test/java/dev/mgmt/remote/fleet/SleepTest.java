package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SleepTest {
    private static final Instant START = Instant.EPOCH;
    private final Sleep sleep = new Sleep(Duration.ofSeconds(14));

    @Test
    void aLittleLatenessIsNoSleep() {
        sleep.woken(START, START.plusSeconds(5));

        assertEquals(START.plusSeconds(60), sleep.put(START.plusSeconds(60)));
        assertEquals(
                START.plusSeconds(8), sleep.notBefore(START.plusSeconds(8), Duration.ofSeconds(5)));
    }

    @Test
    void timeThatWasSleptThroughIsNotCounted() {
        sleep.woken(START, START.plusSeconds(600));
        sleep.woken(START.plusSeconds(700), START.plusSeconds(800));

        assertEquals(START.plusSeconds(760), sleep.put(START.plusSeconds(60)));
    }

    @Test
    void restCountsAnewWhenLostHostsAreKnown() {
        sleep.woken(START, START.plusSeconds(600));

        assertEquals(
                START.plusSeconds(619),
                sleep.notBefore(START.plusSeconds(8), Duration.ofSeconds(5)));
        assertEquals(
                START.plusSeconds(700),
                sleep.notBefore(START.plusSeconds(700), Duration.ofSeconds(5)));
    }
}
