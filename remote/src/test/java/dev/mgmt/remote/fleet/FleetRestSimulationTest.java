package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hosts that work on graphs, exports and each other's writes, while every message between them, the
 * store and the laptop waits for its turn. Whenever rest is said, nothing may be under way
 * anywhere.
 */
class FleetRestSimulationTest {
    private static final int RUNS = 400;
    private static final int STEPS = 600;

    static LongStream seeds() {
        return new Random(20_17).longs(RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void restIsNeverSaidWhileAnythingIsUnderWayAndAlwaysInTheEnd(long seed) {
        SimulatedFleet fleet = new SimulatedFleet(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            fleet.step();
            if (fleet.saysRest()) {
                assertTrue(fleet.isAtRest(), () -> "seed " + seed + ": " + fleet.whatIsUnderWay());
            }
        }
        fleet.drain();
        assertTrue(fleet.isAtRest(), () -> "seed " + seed + ": " + fleet.whatIsUnderWay());
        assertTrue(fleet.saysRest(), () -> "seed " + seed + ": rest is not seen");
    }
}
