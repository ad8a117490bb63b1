package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several engines, one store in memory, and everything that may go wrong between them. */
class FleetSemaphoresSimulationTest {
    private final MemoryWorld store = new MemoryWorld();
    private final Crowd crowd = new Crowd();
    private final List<GraphTester> hosts = new ArrayList<>();

    private GraphTester host(String name, Crowd.Stay stay) {
        return GraphTester.open(EngineOptions.of(name), store, crowd.drivers(stay));
    }

    /** Stays long enough for others to be there too, if they are let in. */
    private static Crowd.Stay wandering(RandomGenerator random) {
        return _ -> {
            int microseconds;
            synchronized (random) {
                microseconds = random.nextInt(300);
            }
            TimeUnit.MICROSECONDS.sleep(microseconds);
        };
    }

    private static String graph(RandomGenerator random, int vertices) {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  noop:\n");
        List<String> semaphores = List.of("fleet/one", "fleet/two:2", "fleet/three:3", "own:2");
        for (int vertex = 0; vertex < vertices; vertex++) {
            List<String> taken = semaphores.stream().filter(_ -> random.nextInt(3) == 0).toList();
            yaml.append("  - {name: v%d, meta: {sema: %s}}\n".formatted(vertex, taken));
        }
        return yaml.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void neverTooManyAtOnceAndAllHaveTheirTurn(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int host = 0; host < 5; host++) {
            hosts.add(host("h" + host, wandering(random)));
        }
        hosts.forEach(host -> host.submit(graph(random, 12)));
        for (int trouble = 0; trouble < 6; trouble++) {
            trouble(random);
        }
        for (GraphTester host : hosts) {
            EngineStatus status = host.awaitIdle();
            assertEquals(12, status.counts().good());
        }
        assertTrue(crowd.most("one") <= 1, () -> "one: " + crowd.most("one"));
        assertTrue(crowd.most("two") <= 2, () -> "two: " + crowd.most("two"));
        assertTrue(crowd.most("three") <= 3, () -> "three: " + crowd.most("three"));
        hosts.forEach(GraphTester::close);
        assertEquals(Map.of(), store.contents());
        assertEquals(0, store.watches());
    }

    private void trouble(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> store.breakWatches();
            case 1 -> store.failNext(random.nextInt(4));
            case 2 -> {
                int dying = random.nextInt(hosts.size());
                hosts.get(dying).close();
                hosts.set(dying, host("h" + dying, wandering(random)).submit(graph(random, 12)));
            }
            default -> hosts.get(random.nextInt(hosts.size())).submit(graph(random, 12));
        }
    }

    @Test
    void whereHostsSayDifferentSizesTheSmallestCountsAndIsTold() {
        Random random = new Random(7);
        String graph = "graph: g\nresources:\n  noop:\n";
        for (int host = 0; host < 3; host++) {
            StringBuilder yaml = new StringBuilder(graph);
            for (int number = 0; number < 10; number++) {
                yaml.append(
                        "  - {name: v%d, meta: {sema: [fleet/x:%d]}}\n"
                                .formatted(number, host == 0 ? 1 : 3));
            }
            hosts.add(host("h" + host, wandering(random)).submit(yaml.toString()));
        }
        hosts.forEach(GraphTester::awaitIdle);
        assertEquals(30, crowd.runs());
        assertTrue(crowd.most("x") <= 3);
        for (GraphTester host : hosts) {
            for (EngineEvent.Notice notice : host.events(EngineEvent.Notice.class)) {
                assertEquals(
                        "fleet/x has 3 places here and 1 elsewhere: the smaller number counts",
                        notice.text());
            }
        }
        hosts.forEach(GraphTester::close);
    }
}
