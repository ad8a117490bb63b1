package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Engines whose templates read what the others say in one store in memory. */
class TemplatesRunTest {
    private final MemoryWorld store = new MemoryWorld();
    private final List<GraphTester> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(GraphTester::close);
        assertEquals(0, store.watches());
    }

    private GraphTester host(String name) {
        return host(EngineOptions.of(name));
    }

    private GraphTester host(EngineOptions options) {
        GraphTester tester = GraphTester.open(options, store);
        open.add(tester);
        return tester;
    }

    /** Says a port, and everybody's ports in one value. */
    private static String gathering(String port) {
        return """
        graph: g
        resources:
          kv:
          - {name: port, value: "%s"}
          - name: all
            value: !template "{{#kv[port]}}{{host}}:{{value}} {{/kv[port]}}"
        """
                .formatted(port);
    }

    private void awaitAll(GraphTester tester, String host, String value) {
        tester.await(
                value,
                () ->
                        value.equals(store.contents().get("/_mgmt/kv/all/" + host))
                                && tester.engine().status().phase() == EngineStatus.Phase.IDLE);
    }

    @Test
    void factsAndVariablesAreFilledInWhereTheGraphRuns() {
        GraphTester h1 = host("h1");
        h1.converge(
                """
                graph: g
                vars: {a: b}
                resources:
                  kv:
                  - {name: k, value: !template "{{facts.host}}-{{a}}"}
                """);
        assertEquals(Map.of("/_mgmt/kv/k/h1", "h1-b"), store.contents());
        assertEquals(Long.MAX_VALUE, h1.engine().status().seenValues());
    }

    @Test
    void anUnknownVariableRefusesTheGraphAndTheOldOneGoesOn() {
        GraphTester h1 = host("h1");
        h1.converge("graph: g\nresources:\n  noop:\n  - name: a\n");
        h1.submit(
                """
                graph: g
                resources:
                  noop:
                  - {name: a, comment: !template "{{facts.host}}{{x}}"}
                """);
        h1.await("refusal", () -> !h1.events(EngineEvent.GraphRefused.class).isEmpty());
        assertEquals(
                List.of(
                        "test.yaml:4:24: there is no variable `x` (declare it in `vars` of the"
                                + " graph or the inventory)"),
                h1.events(EngineEvent.GraphRefused.class).getFirst().problems());
        assertEquals(1, h1.engine().status().graphRevision());
    }

    @Test
    void threeHostsFollowWhatEachSays() {
        GraphTester h1 = host("h1").submit(gathering("81"));
        GraphTester h2 = host("h2").submit(gathering("82"));
        GraphTester h3 = host("h3").submit(gathering("83"));
        for (GraphTester each : List.of(h1, h2, h3)) {
            awaitAll(each, "h" + (open.indexOf(each) + 1), "h1:81 h2:82 h3:83 ");
        }
        h2.submit(gathering("x").replace(", value: \"x\"", ""));
        for (GraphTester each : List.of(h1, h2, h3)) {
            awaitAll(each, "h" + (open.indexOf(each) + 1), "h1:81 h3:83 ");
        }
    }

    @Test
    void onlyWhatReadsAValueIsTakenUpAnewWhenItChanges() throws Exception {
        GraphTester h1 = host("h1");
        h1.converge(
                """
                graph: g
                resources:
                  noop:
                  - {name: a}
                  - {name: b, comment: !template "{{kv[x].h9}}"}
                """);
        h1.forgetEvents();
        put("/_mgmt/kv/x/h9", "1");
        h1.await("switch", () -> !h1.events(EngineEvent.GraphSwitched.class).isEmpty());
        EngineEvent.GraphSwitched switched = h1.events(EngineEvent.GraphSwitched.class).getFirst();
        assertEquals(
                List.of(0, 1, 0, 1),
                List.of(switched.added(), switched.changed(), switched.removed(), switched.kept()));
        h1.awaitIdle();
        put("/_mgmt/kv/other/h9", "1");
        long now = store.revision();
        h1.await("seen", () -> h1.engine().status().seenValues() >= now);
        assertEquals(1, h1.events(EngineEvent.GraphSwitched.class).size());
    }

    @Test
    void aResourceThatWaitsForAValueBlocksWhatIsBehindItAndNothingElse() throws Exception {
        GraphTester h1 = host("h1");
        EngineStatus status =
                h1.converge(
                        """
                        graph: g
                        resources:
                          noop:
                          - {name: a}
                          - {name: b, comment: !template "{{kv[x].h9}}"}
                          - {name: c}
                        edges:
                        - noop[b] -> noop[c]
                        """);
        assertEquals(1, status.counts().good());
        assertEquals(
                "waits for kv[x].h9, which is not in the store yet",
                status.failures().getFirst().reason());
        assertEquals(1, status.blocked().size());
        put("/_mgmt/kv/x/h9", "1");
        h1.await("all good", () -> h1.engine().status().counts().good() == 3);
    }

    @Test
    void underNoopAResourceThatWaitsWouldChange() {
        GraphTester h1 = host(EngineOptions.of("h1").with(Enforcement.CHECK_ONLY));
        EngineStatus status =
                h1.converge(
                        """
                        graph: g
                        resources:
                          noop:
                          - {name: b, comment: !template "{{kv[x].h9}}"}
                        """);
        assertEquals(1, status.counts().wouldChange());
        assertEquals(0, status.counts().failed());
    }

    /** Two that wait for each other's values: neither graph may wait as a whole. */
    @Test
    void hostsThatReadEachOtherBothComeToRest() {
        String graph =
                """
                graph: g
                resources:
                  kv:
                  - {name: mine, value: %1$s}
                  - {name: all, value: !template "{{kv[mine].%2$s}}"}
                """;
        GraphTester h1 = host("h1").submit(graph.formatted("a", "h2"));
        GraphTester h2 = host("h2").submit(graph.formatted("b", "h1"));
        awaitAll(h1, "h1", "b");
        awaitAll(h2, "h2", "a");
    }

    /** Own writes have come back before it is idle: else others would count it as settled. */
    @Test
    void idleIsSaidOnlyWhenOwnValuesHaveComeBack() {
        GraphTester h1 = host("h1");
        for (int port = 1; port <= 50; port++) {
            EngineStatus status = h1.converge(gathering(Integer.toString(port)));
            assertEquals("h1:" + port + " ", store.contents().get("/_mgmt/kv/all/h1"));
            assertEquals(2, status.counts().good());
        }
    }

    @Test
    void aWatchThatBreaksLosesNothing() throws Exception {
        GraphTester h1 = host("h1").submit(gathering("1"));
        awaitAll(h1, "h1", "h1:1 ");
        store.failNext(2);
        store.breakWatches();
        put("/_mgmt/kv/port/h2", "2");
        awaitAll(h1, "h1", "h1:1 h2:2 ");
        assertTrue(
                h1.events(EngineEvent.Notice.class).toString().contains("are out of sight"),
                h1.events()::toString);
    }

    private void put(String key, String value) throws InterruptedException {
        try (World world = store.connect()) {
            while (true) {
                try {
                    world.commit(World.Transaction.of(new World.Write.Put(key, value, 0)));
                    return;
                } catch (WorldException e) {
                    // Out of reach for a while, as asked for.
                }
            }
        }
    }
}
