package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.driver.DriverRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated edges at work. */
class GeneratedEdgesIT {
    @TempDir Path base;

    private String yaml(String resources) {
        return "graph: g\nresources:\n" + resources.replace("BASE", base.toString());
    }

    @Test
    void filesOfDirectoriesDeclaredAfterThemAreMade() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            EngineStatus status =
                    tester.converge(
                            yaml(
                                    """
                                      file:
                                      - name: BASE/a/b/f
                                        content: x
                                      - name: BASE/a/b/
                                      - name: BASE/a/
                                    """));
            assertEquals(List.of(), status.failures());
            assertEquals("x", Files.readString(base.resolve("a/b/f")));
        }
    }

    @Test
    void whatIsInADirectoryThatIsToBeGoneIsGoneFirst() throws IOException {
        Files.createDirectories(base.resolve("a"));
        Files.writeString(base.resolve("a/f"), "x");
        try (GraphTester tester = GraphTester.open()) {
            tester.converge(
                    yaml(
                            """
                              file:
                              - name: BASE/a/
                                state: absent
                              - name: BASE/a/f
                                state: absent
                            """));
            assertFalse(Files.exists(base.resolve("a")));
            assertEquals(
                    List.of(base + "/a/f", base + "/a/"),
                    tester.events(EngineEvent.Applied.class).stream()
                            .map(event -> event.resource().name())
                            .toList());
        }
    }

    @Test
    void aFailedDirectoryBlocksWhatIsInIt() throws IOException {
        Files.writeString(base.resolve("a"), "in the way");
        try (GraphTester tester = GraphTester.open()) {
            EngineStatus status =
                    tester.converge(
                            yaml(
                                    """
                                      file:
                                      - name: BASE/a/f
                                        content: x
                                      - name: BASE/a/
                                      - name: BASE/other
                                    """));
            assertEquals(1, status.failures().size());
            assertEquals(1, status.blocked().size());
            assertTrue(Files.exists(base.resolve("other")));
        }
    }

    @Test
    void anEdgeLeftOutIsTold() {
        try (GraphTester tester = GraphTester.open()) {
            EngineStatus status =
                    tester.converge(
                            yaml("""
                                              file:
                                              - name: BASE/f
                                              - name: BASE/
                                            edges:
                                            - file[BASE/f] -> file[BASE/]
                                            """)
                                    .replace("BASE", base.toString()));
            assertEquals(2, status.counts().good());
            List<EngineEvent.Notice> notices = tester.events(EngineEvent.Notice.class);
            assertEquals(1, notices.size(), notices::toString);
            assertTrue(notices.getFirst().text().contains("would close a cycle"));
        }
    }

    @Test
    void packagesThatCannotBeAskedAreTold() {
        DriverRegistry drivers =
                new DriverRegistry(() -> {})
                        .packageFiles(
                                _ -> {
                                    throw new IOException("the database is locked");
                                });
        KnownHost host = new KnownHost(drivers);
        assertTrue(host.shippedBy("p").isEmpty());
        assertEquals(
                List.of("no edges are generated from what pkg[p] ships: the database is locked"),
                host.notices());
    }
}
