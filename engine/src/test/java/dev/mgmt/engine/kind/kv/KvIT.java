package dev.mgmt.engine.kind.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Over a store in memory; what refreshes is a real command. */
class KvIT {
    private static final String KEY = "/_mgmt/kv/web%2Fport/h1";
    private final MemoryWorld store = new MemoryWorld();

    private void write(Write write) {
        try (World world = store.connect()) {
            world.commit(World.Transaction.of(write));
        } catch (WorldException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String graph(String fields) {
        return "graph: g\nresources:\n  kv:\n  - {name: v, key: web/port, %s}\n".formatted(fields);
    }

    private List<String> applied(GraphTester tester) {
        return tester.events(EngineEvent.Applied.class).stream()
                .map(EngineEvent.Applied::detail)
                .toList();
    }

    private GraphTester open() {
        return GraphTester.open(EngineOptions.of("h1"), store);
    }

    @Test
    void aValueIsWrittenOnceAndPutBackWhenSomebodyChangesIt() {
        write(new Write.Put("/_mgmt/kv/web%2Fport/h2", "81", 0));
        try (GraphTester tester = open()) {
            tester.converge(graph("value: 80"));
            assertEquals(Map.of(KEY, "80", "/_mgmt/kv/web%2Fport/h2", "81"), store.contents());
            assertEquals(List.of("nothing → `80`"), applied(tester));
            write(new Write.Put(KEY, "8080", 0));
            tester.await("the value", () -> "80".equals(store.contents().get(KEY)));
            tester.awaitIdle();
            write(new Write.Delete(KEY));
            tester.await("the value", () -> "80".equals(store.contents().get(KEY)));
        }
    }

    @Test
    void withoutAValueTheOwnEntryIsRemovedAndNoOther() {
        write(new Write.Put(KEY, "80", 0));
        write(new Write.Put("/_mgmt/kv/web%2Fport/h2", "81", 0));
        try (GraphTester tester = open()) {
            tester.converge(graph("value:"));
            assertEquals(Map.of("/_mgmt/kv/web%2Fport/h2", "81"), store.contents());
            assertEquals(List.of("`80` → nothing"), applied(tester));
        }
    }

    @Test
    void theNameIsTheKeyWhereThereIsNone() {
        try (GraphTester tester = open()) {
            tester.converge("graph: g\nresources:\n  kv:\n  - {name: a b, value: false}\n");
            assertEquals(Map.of("/_mgmt/kv/a%20b/h1", "false"), store.contents());
        }
    }

    @Test
    void aGreaterValueIsLeftIfAskedAndComparedAsAsked() {
        write(new Write.Put(KEY, "10", 0));
        try (GraphTester tester = open()) {
            tester.converge(graph("value: 9, skiplessthan: true"));
            assertEquals(Map.of(KEY, "10"), store.contents());
            tester.converge(graph("value: 9, skiplessthan: true, skipcmpstyle: 1"));
            assertEquals(Map.of(KEY, "9"), store.contents(), "as text, 9 is the greater one");
            tester.converge(graph("value: 11, skiplessthan: true"));
            assertEquals(Map.of(KEY, "11"), store.contents());
            write(new Write.Put(KEY, "no number", 0));
            tester.await("the value", () -> "11".equals(store.contents().get(KEY)));
        }
    }

    @Test
    void aRefreshWritesEvenALesserValue() {
        write(new Write.Put(KEY, "10", 0));
        try (GraphTester tester = open()) {
            tester.converge(
                    graph("value: 9, skiplessthan: true")
                            + "  exec:\n  - {name: \"true\"}\nedges:\n- exec[true] ~> kv[v]\n");
            assertEquals(Map.of(KEY, "9"), store.contents());
        }
    }

    @Test
    void nothingIsWrittenUnderNoop() {
        EngineOptions options = EngineOptions.of("h1").with(Enforcement.CHECK_ONLY);
        try (GraphTester tester = GraphTester.open(options, store)) {
            EngineStatus status = tester.converge(graph("value: 9"));
            assertEquals(1, status.counts().wouldChange());
            assertEquals(Map.of(), store.contents());
        }
    }

    @Test
    void itsValueCanBeReceivedAndReceives() {
        write(new Write.Put("/_mgmt/kv/count/h1", "7", 0));
        try (GraphTester tester = open()) {
            tester.converge(
                    """
                    graph: g
                    resources:
                      kv:
                      - {name: count, value: 5, skiplessthan: true}
                      - name: copy
                        recv:
                          value: kv[count].value
                    """);
            assertEquals("7", store.contents().get("/_mgmt/kv/copy/h1"));
        }
    }
}
