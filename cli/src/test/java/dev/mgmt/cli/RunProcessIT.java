package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunProcessIT {
    @TempDir Path directory = Path.of("");

    private Path file = Path.of("");
    private Path graph = Path.of("");

    @BeforeEach
    void writeTheGraph() throws IOException {
        file = directory.resolve("f");
        graph = directory.resolve("g.yaml");
        Files.writeString(graph, MainIT.graphWith(file));
    }

    @Test
    void aWatchingRunEndsInGoodOrderWithSigint() throws Exception {
        try (RunningProgram program = RunningProgram.start("run", graph.toString())) {
            program.await("converged 1 resource");
            program.signal("INT");
            assertEquals(0, program.exit());
        }
    }

    @Test
    void sigtermEndsInGoodOrderButNotWithZero() throws Exception {
        try (RunningProgram program = RunningProgram.start("run", graph.toString())) {
            program.await("converged 1 resource");
            program.signal("TERM");
            assertEquals(130, program.exit());
        }
    }

    @Test
    void anInterruptBeforeTheTimeIsUpEndsInGoodOrderToo() throws Exception {
        try (RunningProgram program =
                RunningProgram.start("run", graph.toString(), "--converged-timeout", "1h")) {
            program.await("converged 1 resource");
            program.signal("INT");
            assertEquals(0, program.exit());
        }
    }

    @Test
    void failedResourcesShowAfterAnInterruptUnlessOldHabitsAreAskedFor() throws Exception {
        Path taken = Files.createDirectory(directory.resolve("taken"));
        Files.writeString(graph, MainIT.graphWith(taken));
        for (String habit : List.of("--noop", "--compat-exit", "--tmp-prefix")) {
            try (RunningProgram program = RunningProgram.start("run", graph.toString(), habit)) {
                program.await("1 failed");
                program.signal("INT");
                assertEquals(habit.equals("--compat-exit") ? 0 : 1, program.exit(), habit);
            }
        }
    }

    @Test
    void aRunEndsInGoodOrderWhenItsTimeIsUp() throws Exception {
        try (RunningProgram program =
                RunningProgram.start("run", graph.toString(), "--max-runtime", "15")) {
            assertEquals(0, program.exit());
            assertEquals("hello\n", Files.readString(file));
        }
    }

    @Test
    void aRunWhoseTimeIsUpBeforeItConvergedSaysSo() throws Exception {
        try (RunningProgram program =
                RunningProgram.start("run", graph.toString(), "-t", "1h", "--max-runtime", "2")) {
            assertEquals(3, program.exit());
        }
    }

    @Test
    void theSecondSigintStopsWhatRuns() throws Exception {
        Files.writeString(
                graph,
                """
                graph: slow
                resources:
                  exec:
                  - name: slow
                    cmd: sh -c 'echo begun; sleep 600'
                """);
        try (RunningProgram program = RunningProgram.start("run", graph.toString())) {
            program.await("begun");
            program.signal("INT");
            // Signals that come too soon after the first are the first: asked until it is heard.
            while (!program.endsWithin(Duration.ofMillis(200))) {
                program.signal("INT");
            }
        }
    }

    @Test
    void aFileThatIsRemovedComesBack() throws Exception {
        try (RunningProgram program = RunningProgram.start("run", graph.toString())) {
            program.await("converged 1 resource, 1 changed");
            Files.delete(file);
            program.await("content applied");
            assertEquals("hello\n", Files.readString(file));
        }
    }

    @Test
    void anEditIsTakenUpAndABrokenOneChangesNothing() throws Exception {
        try (RunningProgram program = RunningProgram.start("run", graph.toString())) {
            program.await("converged 1 resource");
            replace(MainIT.graphWith(file).replace("content", "contnt"));
            program.await(graph + ":5:5: ");
            program.await("the edit is not valid");
            replace(MainIT.graphWith(file).replace("hello", "edited"));
            program.await("content applied");
            assertEquals("edited\n", Files.readString(file));
        }
    }

    @Test
    void etcdctlReadsAndWatchesTheStore() throws Exception {
        int port = freePort();
        String endpoint = "http://127.0.0.1:" + port;
        Files.writeString(
                graph,
                """
                graph: exporting
                resources:
                  file:
                  - name: "@@f"
                    path: /nowhere/f
                    content: one
                """);
        try (RunningProgram program =
                RunningProgram.start(
                        "run", graph.toString(), "--hostname=h1", "--client-urls=" + endpoint)) {
            program.await("the store listens on");
            program.await("converged");
            assertEquals(
                    List.of("/_mgmt/exports/h1/file/f"),
                    etcdctl(endpoint, "get", "--prefix", "--keys-only", "/_mgmt/exports/"));
            Process watch =
                    etcdctlProcess(endpoint, "watch", "--prefix", "--rev=1", "/_mgmt/exports/");
            try (BufferedReader watched = watch.inputReader()) {
                awaitLine(watched, "one");
                replace(Files.readString(graph).replace("one", "two"));
                awaitLine(watched, "two");
            } finally {
                watch.destroy();
            }
            program.signal("INT");
            assertEquals(0, program.exit());
        }
    }

    private static void awaitLine(BufferedReader reader, String text) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            seen.add(line);
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("no " + text + " in " + seen);
    }

    private static List<String> etcdctl(String endpoint, String... args) throws Exception {
        Process process = etcdctlProcess(endpoint, args);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return text.lines().filter(line -> !line.isEmpty()).toList();
    }

    private static Process etcdctlProcess(String endpoint, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of("etcdctl", "--endpoints", endpoint));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("ETCDCTL_API", "3");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** As editors do: write beside it and rename. */
    private void replace(String text) throws IOException {
        Path beside = directory.resolve("g.yaml.new");
        Files.writeString(beside, text);
        Files.move(beside, graph, StandardCopyOption.ATOMIC_MOVE);
    }
}
