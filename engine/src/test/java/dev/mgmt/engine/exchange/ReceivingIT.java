package dev.mgmt.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

/** Outputs of real commands and passwords, received by real files. */
class ReceivingIT {
    @TempDir private Path directory;

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private static void assertConverged(EngineStatus status) {
        assertEquals(List.of(), status.failures());
        assertEquals(status.counts().total(), status.counts().good());
    }

    @Test
    void aFileHoldsThePasswordAndNothingThatIsToldDoes() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            assertConverged(
                    tester.converge(
                            """
                            graph: g
                            resources:
                              password:
                              - name: pw
                                length: 40
                              file:
                              - name: %s/secret
                                mode: 0600
                                recv:
                                  content: password[pw].password
                            """
                                    .formatted(directory)));
            String secret = read("secret");
            assertTrue(secret.matches("[A-Za-z0-9]{40}"), "of the usual characters");
            assertFalse(tester.events().toString().contains(secret), "shown");
            assertEquals(
                    List.of("password", "content"),
                    tester.events(EngineEvent.Applied.class).stream()
                            .map(EngineEvent.Applied::property)
                            .toList());
        }
    }

    @Test
    void aCommandsOutputsGoWhereTheyAreWanted() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            assertConverged(
                    tester.converge(
                            """
                            graph: g
                            resources:
                              file:
                              - name: %1$s/out
                                recv: {content: "exec[talk].stdout"}
                              - name: %1$s/err
                                recv: {content: "exec[talk].stderr"}
                              - name: %1$s/both
                                recv: {content: "exec[talk].output"}
                              exec:
                              - name: talk
                                cmd: echo one; echo two >&2
                                shell: /bin/sh
                              - name: follow
                                shell: /bin/sh
                                recv: {cmd: "exec[write].stdout"}
                              - name: write
                                cmd: echo "echo three >%1$s/three"
                                shell: /bin/sh
                            """
                                    .formatted(directory)));
            assertEquals("one", read("out"));
            assertEquals("two", read("err"));
            assertEquals(List.of("one", "two"), read("both").lines().sorted().toList());
            assertEquals("three\n", read("three"));
        }
    }

    @Test
    void whoReceivesRunsAgainWhenAnOutputChangesAndOnlyThen() throws IOException {
        Path source = directory.resolve("source");
        Files.writeString(source, "1");
        try (GraphTester tester = GraphTester.open()) {
            assertConverged(
                    tester.converge(
                            """
                            graph: g
                            resources:
                              exec:
                              - name: read
                                cmd: cat %1$s/source
                                watchcmd: tail -n +1 -F %1$s/events
                                watchshell: /bin/sh
                              file:
                              - name: %1$s/events
                                state: exists
                              - name: %1$s/copy
                                recv:
                                  content: exec[read].output
                            edges:
                            - file[%1$s/events] -> exec[read]
                            """
                                    .formatted(directory)));
            assertEquals("1", read("copy"));
            Files.writeString(source, "2");
            Files.writeString(directory.resolve("events"), "go\n");
            tester.await("the new output", () -> content("copy").equals("2"));
            tester.awaitIdle();
            Files.writeString(directory.resolve("copy"), "spoilt");
            tester.await("the file to be mended", () -> content("copy").equals("2"));
        }
    }

    private String content(String name) {
        try {
            return read(name);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aRefreshedPasswordReachesItsReceivers() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            String graph =
                    """
                    graph: g
                    resources:
                      password:
                      - name: pw
                      exec:
                      - name: renew
                        cmd: "true"
                        env: {ROUND: "%2$d"}
                      file:
                      - name: %1$s/secret
                        recv:
                          content: password[pw].password
                    edges:
                    - exec[renew] ~> password[pw]
                    """;
            assertConverged(tester.converge(graph.formatted(directory, 1)));
            String first = read("secret");
            assertConverged(tester.converge(graph.formatted(directory, 2)));
            assertNotEquals(first, read("secret"));
        }
    }

    @Test
    void anEditThatLeavesAPasswordAloneKeepsIt() throws IOException {
        try (GraphTester tester = GraphTester.open()) {
            String graph =
                    """
                    graph: g
                    resources:
                      password:
                      - name: pw
                        meta: {retry: %2$d}
                      file:
                      - name: %1$s/secret
                        recv:
                          content: password[pw].password
                    """;
            assertConverged(tester.converge(graph.formatted(directory, 1)));
            String first = read("secret");
            assertConverged(tester.converge(graph.formatted(directory, 2)));
            assertEquals(first, read("secret"));
        }
    }

    @Test
    void underNoopWhatWouldBeReceivedIsToldAndNothingIsDone() {
        EngineOptions options = EngineOptions.of("h1").with(Enforcement.CHECK_ONLY);
        try (GraphTester tester = GraphTester.open(options, new MemoryWorld())) {
            EngineStatus status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              password:
                              - name: pw
                              file:
                              - name: %s/secret
                                recv:
                                  content: password[pw].password
                            """
                                    .formatted(directory));
            assertEquals(2, status.counts().wouldChange());
            assertFalse(Files.exists(directory.resolve("secret")));
            assertEquals(
                    "`content` is to be received from password[pw].password",
                    tester.events(EngineEvent.WouldApply.class).getLast().detail());
        }
    }

    @Test
    void whoReceivesFromSomethingThatHadNothingToDoFailsAndSaysSo() {
        try (GraphTester tester = GraphTester.open()) {
            EngineStatus status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              exec:
                              - name: e
                                cmd: echo x
                                ifcmd: "false"
                              file:
                              - name: %s/f
                                recv:
                                  content: exec[e].output
                            """
                                    .formatted(directory));
            assertEquals(
                    "`content` is to be received from exec[e].output, which has nothing to give:"
                            + " it did not run, or is only checked",
                    status.failures().getFirst().reason());
        }
    }

    @Test
    void whatDoesNotFitIsSaidWhenItIsReceived() {
        try (GraphTester tester = GraphTester.open()) {
            EngineStatus status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              exec:
                              - name: e
                                cmd: echo rwx
                              file:
                              - name: %s/f
                                recv:
                                  mode: exec[e].output
                            """
                                    .formatted(directory));
            assertEquals(
                    "what was received does not fit: `rwx` is not a file mode",
                    status.failures().getFirst().reason());
        }
    }
}
