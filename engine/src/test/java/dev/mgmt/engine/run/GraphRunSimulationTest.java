package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random graphs, events, failures and switches; each round is played until nothing is left. */
class GraphRunSimulationTest {
    private static final int ROUNDS = 400;

    @Test
    void everyRunEndsInWhatTheLastGraphAsksFor() {
        long seed = Long.getLong("mgmt.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dmgmt.seed=" + seed + ")");
        Random seeds = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long own = seeds.nextLong();
            try {
                new SimulatedRun(new Random(own)).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameCourse() {
        assertEquals(
                new SimulatedRun(new Random(7)).play(), new SimulatedRun(new Random(7)).play());
    }
}
