package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainIT {
    @TempDir Path directory = Path.of("");

    private final Transcript transcript = new Transcript();
    private Path graph = Path.of("");

    @BeforeEach
    void nameTheGraph() {
        graph = directory.resolve("g.yaml");
    }

    @Test
    void validateTellsEveryProblemOfEveryFileWithItsPlace() throws IOException {
        Files.writeString(
                graph,
                """
                graph: bad
                resources:
                  file:
                  - name: /tmp/a
                    contnt: x
                  - name: b
                """);
        Path hosts = directory.resolve("hosts.yaml");
        Files.writeString(hosts, "hosts:\n  h1: {adress: 192.0.2.1, graph: none.yaml}\n");
        String missing = directory.resolve("none.yaml").toString();

        assertEquals(
                ExitCode.INVALID_INPUT,
                transcript.of("validate", graph.toString(), hosts.toString(), missing));
        assertEquals("", transcript.out());
        assertEquals(
                """
                G:5:5: `contnt` is not a field of file (did you mean `content`?)
                G:6:11: the path `b` is not absolute (start it with `/`; without `path` the name is the path)
                """,
                transcript
                        .err()
                        .replace(graph.toString(), "G")
                        .lines()
                        .filter(line -> line.startsWith("G"))
                        .reduce("", (all, line) -> all + line + "\n"));
        assertTrue(transcript.err().contains(hosts + ":2:"), transcript::err);
        assertTrue(
                transcript.err().contains(missing + ": there is no such file (check the path)"),
                transcript::err);
    }

    @Test
    void validateNamesWhatIsGood() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));
        Path hosts = directory.resolve("hosts.yaml");
        Files.writeString(hosts, "hosts:\n  h1: {address: 192.0.2.1, graph: g.yaml}\n");

        assertEquals(ExitCode.OK, transcript.of("validate", graph.toString(), hosts.toString()));
        assertEquals(
                graph + ": graph small, 1 resource\n" + hosts + ": 1 host\n", transcript.out());
        assertEquals("", transcript.err());
    }

    @Test
    void aVariableThatNobodyGivesIsInvalidInputToRunAndAWarningToValidate() throws IOException {
        Files.writeString(
                graph,
                """
                graph: g
                vars: {role: web}
                resources:
                  noop:
                  - {name: a, comment: !template "{{rolle}}"}
                """);

        assertEquals(ExitCode.INVALID_INPUT, run());
        String problem = graph + ":5:24: there is no variable `rolle` (did you mean `role`?)";
        assertTrue(transcript.err().contains(problem), transcript::err);
        assertEquals(ExitCode.OK, transcript.of("validate", graph.toString()));
        assertTrue(transcript.err().contains("warning: " + problem), transcript::err);
    }

    @Test
    void aTemplateIsFilledInWithFactsAndVariables() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(
                graph,
                """
                graph: g
                vars: {role: web}
                resources:
                  file:
                  - name: %s
                    content: !template "{{role}} on {{facts.arch}} ${HOME}"
                """
                        .formatted(file));

        assertEquals(ExitCode.OK, run());
        assertTrue(
                Files.readString(file).matches("web on [a-z0-9_]+ \\$\\{HOME}"),
                () -> transcript.out());
    }

    @Test
    void aSmallGraphConvergesAndSaysSo() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(graph, graphWith(file));

        assertEquals(ExitCode.OK, run());
        assertEquals("hello\n", Files.readString(file));
        assertTrue(
                transcript.errLines().contains("file[" + file + "] content applied"),
                transcript::err);
        assertTrue(
                transcript.errLines().contains("file[" + file + "]: contentCheckApply(true)"),
                transcript::err);
        assertEquals(
                "1 resource: 1 ok, 1 changed, 0 would change, 0 failed, 0 blocked; took 0.1 s;"
                        + " exit 0 (everything as asked)\n",
                transcript.out());
    }

    @Test
    void aResourceThatCannotBeIsOneAndItsReasonIsTold() throws IOException {
        Path file = directory.resolve("missing/f");
        Files.writeString(graph, graphWith(file));

        assertEquals(ExitCode.RESOURCES_FAILED, run());
        assertTrue(
                transcript.out().startsWith("file[" + file + "] failed\n  why: "), transcript::out);
    }

    @Test
    void oldScriptsThatWantZeroGetIt() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("missing/f")));

        assertEquals(ExitCode.OK, run("--compat-exit"));
    }

    @Test
    void aDryRunTellsAndTouchesNothing() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(graph, graphWith(file));

        assertEquals(ExitCode.WOULD_CHANGE, run("--noop"));
        assertFalse(Files.exists(file));
        assertTrue(
                transcript.errLines().stream().allMatch(line -> line.startsWith("(dry run) ")),
                transcript::err);
    }

    @Test
    void exportsComeBackToThoseWhoCollectThem() throws IOException {
        Path collected = Files.createDirectory(directory.resolve("collected"));
        Files.writeString(
                graph,
                """
                graph: exchange
                resources:
                  file:
                  - name: "@@f"
                    path: /nowhere/f
                    content: hello
                collect:
                - kind: file
                  pattern: %s/
                """
                        .formatted(collected));

        assertEquals(ExitCode.OK, run());
        assertEquals("hello", Files.readString(collected.resolve("f")));
    }

    @Test
    void anInvalidGraphTouchesNothing() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")) + "nonsense: 1\n");

        assertEquals(ExitCode.INVALID_INPUT, run());
        assertFalse(Files.exists(directory.resolve("f")));
    }

    @Test
    void aPortThatIsTakenIsTheStoresProblem() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));
        try (ServerSocket taken =
                new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertEquals(
                    ExitCode.STORE_UNREACHABLE,
                    run("--client-urls=http://127.0.0.1:" + taken.getLocalPort()));
        }
        assertTrue(transcript.err().startsWith("the store cannot listen on "), transcript::err);
    }

    private ExitCode run(String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "run";
        args[1] = graph.toString();
        args[2] = "--converged-timeout";
        args[3] = "0";
        System.arraycopy(more, 0, args, 4, more.length);
        return transcript.of(args);
    }

    static String graphWith(Path file) {
        return """
        graph: small
        resources:
          file:
          - name: %s
            content: |
              hello
        """
                .formatted(file);
    }
}
