package dev.mgmt.engine.kind.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.GraphTester;
import org.junit.jupiter.api.Test;

/** A timer and the time there is. */
class TimerIT {
    @Test
    void everyIntervalRunsACommandBehindANotifyEdgeAgain() {
        try (GraphTester tester = GraphTester.open()) {
            long begin = System.nanoTime();
            tester.converge(
                    """
                    graph: g
                    resources:
                      timer:
                      - {name: second, interval: 1}
                      exec:
                      - {name: told, cmd: echo tick}
                      - {name: not told, cmd: echo once}
                    edges:
                    - timer[second] ~> exec[told]
                    - timer[second] -> exec[not told]
                    """);
            tester.await("two ticks", () -> count(tester, "tick") >= 3);
            assertTrue(System.nanoTime() - begin >= 2_000_000_000L, "too early");
            assertEquals(1, count(tester, "once"));
        }
    }

    private static long count(GraphTester tester, String line) {
        return tester.events(EngineEvent.Output.class).stream()
                .filter(output -> output.line().equals(line))
                .count();
    }
}
