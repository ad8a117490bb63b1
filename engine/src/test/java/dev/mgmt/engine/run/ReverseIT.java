package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that go when their resources leave the graph. */
class ReverseIT {
    private static final String NOTHING = "graph: g\nresources: {noop: [{name: n}]}\n";

    @TempDir private Path dir;

    private static String files(String list) {
        return "graph: g\nresources:\n  file:\n" + list.indent(2);
    }

    private String all() {
        return files(
                """
                - {name: DIR/d/, meta: {reverse: true}}
                - {name: DIR/d/f, content: x, meta: {reverse: true}}
                - {name: DIR/d/l, source: f, symlink: true, meta: {reverse: true}}
                - {name: DIR/kept, content: x}
                """
                        .replace("DIR", dir.toString()));
    }

    @Test
    void filesLinksAndTheirDirectoryGoWhenTheyLeaveTheGraph() {
        try (GraphTester tester = GraphTester.open()) {
            assertEquals(4, tester.converge(all()).counts().changed());
            tester.forgetEvents();
            EngineStatus status = tester.converge(NOTHING);
            assertEquals(List.of(), status.failures());
            assertEquals(1, status.counts().total());
            assertFalse(Files.exists(dir.resolve("d")));
            assertTrue(Files.exists(dir.resolve("kept")));
            List<EngineEvent.Applied> applied = tester.events(EngineEvent.Applied.class);
            assertEquals(3, applied.size());
            assertEquals("exists → absent", applied.getLast().detail());
            assertEquals(dir + "/d/", applied.getLast().resource().name());
        }
    }

    @Test
    void directoryThatHoldsOtherThingsStaysAndIsAFailure() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(all());
            Files.writeString(dir.resolve("d/other"), "mine");
            EngineStatus status = tester.converge(NOTHING);
            assertEquals(1, status.counts().failed());
            assertEquals(
                    "cannot be undone: "
                            + dir
                            + "/d is not empty: what is in it is not of this resource's making",
                    status.failures().getFirst().reason());
            assertFalse(Files.exists(dir.resolve("d/f")));
            assertTrue(Files.exists(dir.resolve("d/other")));
            Files.delete(dir.resolve("d/other"));
            assertEquals(List.of(), tester.converge(NOTHING).failures());
            assertFalse(Files.exists(dir.resolve("d")));
        }
    }

    @Test
    void syncedTreeGoesWithAllThatIsInIt() throws IOException {
        Files.createDirectories(dir.resolve("from/sub"));
        Files.writeString(dir.resolve("from/sub/f"), "x");
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(
                    files(
                            "  - {name: %s/to/, source: %s/from/, recurse: true, meta: {reverse: true}}"
                                    .formatted(dir, dir)));
            assertTrue(Files.exists(dir.resolve("to/sub/f")));
            tester.converge(NOTHING);
            assertFalse(Files.exists(dir.resolve("to")));
            assertTrue(Files.exists(dir.resolve("from/sub/f")));
        }
    }

    @Test
    void changedResourceIsNotUndone() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            String one = "- {name: %s/f, content: one, meta: {reverse: true}}".formatted(dir);
            tester.converge(files(one));
            tester.converge(files(one.replace("content: one", "content: two")));
            assertEquals("two", Files.readString(dir.resolve("f")));
            tester.converge(files("- {name: other, path: %s/f}".formatted(dir)));
            assertEquals("two", Files.readString(dir.resolve("f")));
        }
    }

    @Test
    void underNoopTheUndoIsOnlyTold() throws IOException {
        Files.writeString(dir.resolve("f"), "x");
        EngineOptions options = EngineOptions.of("h1").with(Enforcement.CHECK_ONLY);
        try (GraphTester tester = GraphTester.open(options, new MemoryWorld())) {
            tester.converge(
                    files("- {name: %s/f, content: x, meta: {reverse: true}}".formatted(dir)));
            tester.converge(NOTHING);
            assertTrue(Files.exists(dir.resolve("f")));
            EngineEvent.WouldApply would = tester.events(EngineEvent.WouldApply.class).getLast();
            assertEquals("exists → absent", would.detail());
        }
    }

    @Test
    void endOfTheEngineUndoesNothing() {
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(all());
        }
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(NOTHING);
        }
        assertTrue(Files.exists(dir.resolve("d/f")));
    }

    @Test
    void collectedExportThatIsWithdrawnIsUndone() {
        MemoryWorld store = new MemoryWorld();
        String collecting =
                "graph: g\nresources: {noop: [{name: n}]}\ncollect: [{kind: file, pattern: %s/}]"
                        .formatted(dir);
        try (GraphTester exporter = GraphTester.open(EngineOptions.of("h1"), store);
                GraphTester collector = GraphTester.open(EngineOptions.of("h2"), store)) {
            exporter.converge(files("- {name: '@@/tmp/e', content: x, meta: {reverse: true}}"));
            collector.submit(collecting);
            collector.await("the file", () -> Files.exists(dir.resolve("e")));
            exporter.converge(NOTHING);
            collector.await("its end", () -> !Files.exists(dir.resolve("e")));
            assertEquals(List.of(), collector.awaitIdle().failures());
        }
    }
}
