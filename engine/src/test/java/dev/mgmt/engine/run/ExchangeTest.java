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

/** Engines that exchange resources through one store in memory. */
class ExchangeTest {
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

    private static String exporting(String... names) {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  noop:\n  - name: local\n");
        for (String name : names) {
            yaml.append("  - name: \"@@").append(name).append("\"\n");
        }
        return yaml + "collect:\n- kind: noop\n  pattern: ''\n";
    }

    private static void awaitTotal(GraphTester tester, int total) {
        tester.await(
                total + " vertices",
                () -> {
                    EngineStatus status = tester.engine().status();
                    return status.counts().good() == total
                            && status.counts().total() == total
                            && status.phase() == EngineStatus.Phase.IDLE;
                });
    }

    @Test
    void threeHostsGetWhatEachExportsAndFollowIt() {
        GraphTester h1 = host("h1").submit(exporting("a"));
        GraphTester h2 = host("h2").submit(exporting("b", "b/2"));
        GraphTester h3 = host("h3").submit(exporting());
        for (GraphTester each : List.of(h1, h2, h3)) {
            awaitTotal(each, 4);
        }
        assertTrue(store.contents().containsKey("/_mgmt/exports/h2/noop/b%2F2"));

        h2.submit(exporting("b"));
        for (GraphTester each : List.of(h1, h2, h3)) {
            awaitTotal(each, 3);
            assertTrue(each.engine().status().seen() >= store.revision());
        }
    }

    @Test
    void exportsOfOneGraphChangeInOneTransactionAndOnlyWhereTheyDiffer() {
        GraphTester h1 = host("h1");
        h1.converge(exporting("a", "b", "c"));
        assertEquals(2, store.revision());
        h1.converge(exporting("a", "b", "d"));
        assertEquals(3, store.revision());
        h1.converge(exporting("a", "b", "d"));
        assertEquals(3, store.revision());
    }

    @Test
    void whatAFormerLifeExportedIsRemoved() throws Exception {
        try (World former = store.connect()) {
            former.commit(
                    World.Transaction.of(
                            new World.Write.Put("/_mgmt/exports/h1/noop/old", "name: old", 0),
                            new World.Write.Put("/_mgmt/exports/h2/noop/other", "name: other", 0)));
        }
        host("h1").converge("graph: g\nresources:\n  noop:\n  - name: a\n");
        assertEquals(Map.of("/_mgmt/exports/h2/noop/other", "name: other"), store.contents());
    }

    @Test
    void nothingIsExportedUnderNoop() {
        host(EngineOptions.of("h1").with(Enforcement.CHECK_ONLY)).converge(exporting("a"));
        assertEquals(Map.of(), store.contents());
    }

    @Test
    void badForeignExportIsLeftOutWithANotice() throws Exception {
        put("/_mgmt/exports/h9/noop/bad", "name: bad\nunknown: field\n");
        GraphTester h1 = host("h1");
        h1.converge(exporting());
        assertEquals(1, h1.engine().status().counts().total());
        assertTrue(
                h1.events(EngineEvent.Notice.class)
                        .getFirst()
                        .text()
                        .startsWith("noop[bad] as exported by h9 is left out: "),
                h1.events().toString());
    }

    @Test
    void ofTwoDifferentExportsTheFirstHostsIsTaken() throws Exception {
        put("/_mgmt/exports/b/noop/x", "name: x\ncomment: b\n");
        put("/_mgmt/exports/a/noop/x", "name: x\ncomment: a\n");
        put("/_mgmt/exports/c/noop/x", "name: x\ncomment: a\n");
        GraphTester h1 = host("h1");
        h1.converge(exporting());
        assertEquals(2, h1.engine().status().counts().total());
        List<EngineEvent.Notice> notices = h1.events(EngineEvent.Notice.class);
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(notices.getFirst().text().contains("as exported by b is left out"));
    }

    @Test
    void storeOutOfReachIsTriedAgainAndNothingIsIdleMeanwhile() {
        store.failNext(3);
        GraphTester h1 = host("h1");
        EngineStatus status = h1.converge(exporting("a"));
        assertEquals(2, status.counts().total());
        assertTrue(store.contents().containsKey("/_mgmt/exports/h1/noop/a"));
        assertEquals(3, h1.events(EngineEvent.Notice.class).size());
    }

    @Test
    void nothingIsMissedWhileAWatchIsLost() throws Exception {
        GraphTester h1 = host("h1");
        h1.converge(exporting());
        store.breakWatches();
        put("/_mgmt/exports/h9/noop/new", "name: new\n");
        awaitTotal(h1, 2);
    }

    private void put(String key, String value) throws WorldException, InterruptedException {
        try (World world = store.connect()) {
            world.commit(World.Transaction.of(new World.Write.Put(key, value, 0)));
        }
    }
}
