package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void theLinesThatOldScriptsCountAreThere() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(graph, graphWith(file) + "    mode: 0640\n");
        Files.writeString(file, "hello\n");

        assertEquals(ExitCode.WOULD_CHANGE, run("--noop"));
        assertTrue(
                transcript
                        .errLines()
                        .contains("(dry run) file[" + file + "]: chmodCheckApply(false)"),
                transcript::err);
        assertEquals(ExitCode.OK, run());
        assertTrue(
                transcript.errLines().contains("file[" + file + "]: chmodCheckApply(true)"),
                transcript::err);
        assertFalse(transcript.err().contains("contentCheckApply"), transcript::err);
    }

    @Test
    void optionsWithoutAMeaningAreToldOnlyToThoseWhoWantToKnowAll() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));

        assertEquals(ExitCode.OK, run("--no-pgp", "-v"));
        assertFalse(transcript.err().contains("--no-pgp"), transcript::err);
        assertEquals(ExitCode.OK, run("--no-pgp", "-vv"));
        assertTrue(
                transcript.errLines().contains("without a meaning any more: --no-pgp"),
                transcript::err);
    }

    @Test
    void whyAResourceRanIsToldToThoseWhoWantToKnowAll() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(graph, graphWith(file));
        String ran = "file[" + file + "] ran because it is new in the graph: not as wanted";

        assertEquals(ExitCode.OK, run("-v"));
        assertFalse(transcript.errLines().contains(ran), transcript::err);
        Files.delete(file);
        assertEquals(ExitCode.OK, run("--log-level=debug"));
        assertTrue(transcript.errLines().contains(ran), transcript::err);
    }

    @Test
    void aGraphIsShownAsTextForOtherPrograms() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));

        assertEquals(ExitCode.OK, transcript.of("graph", graph.toString()));
        assertTrue(transcript.out().startsWith("digraph \"small\" {\n"), transcript::out);
        assertEquals(ExitCode.OK, transcript.of("graph", graph.toString(), "--format=mermaid"));
        assertTrue(transcript.out().contains("flowchart TD\n  r0[\"file["), transcript::out);
    }

    @Test
    void aGraphIsDrawn() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));

        ExitCode code = transcript.of("graph", graph.toString(), "--format=svg");
        assertEquals(ExitCode.OK, code, () -> "install graphviz: " + transcript.err());
        assertTrue(transcript.out().contains("<svg"), transcript::out);
    }

    @Test
    void aPictureOfTheGraphThatRunsIsThereWhenTheRunEnds() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));
        Path picture = directory.resolve("picture.dot");

        assertEquals(ExitCode.OK, run("--graphviz=" + picture, "--hostname=h1"));
        for (String name : List.of("picture.dot", "picture.dot@h1")) {
            assertTrue(
                    Files.readString(directory.resolve(name)).contains("\"file["), transcript::err);
            assertTrue(
                    Files.size(directory.resolve(name + ".png")) > 0,
                    () -> "install graphviz: " + transcript.err());
        }
    }

    @Test
    void aPictureThatCannotBeWrittenIsOnlyTold() throws IOException {
        Files.writeString(graph, graphWith(directory.resolve("f")));

        assertEquals(ExitCode.OK, run("--graphviz=" + directory.resolve("none/picture.dot")));
        assertTrue(transcript.err().contains("graphviz: "), transcript::err);
    }

    @Test
    void explainTellsWhatWouldRunAndWhy() throws IOException {
        Path file = directory.resolve("f");
        Files.createDirectory(directory.resolve("taken"));
        Files.writeString(
                graph,
                graphWith(file)
                        + """
                          - name: %1$s/taken
                            content: x
                          exec:
                          - name: after
                            cmd: "true"
                        edges:
                        - file[%1$s/f] ~> exec[after]
                        - file[%1$s/taken] -> exec[after]
                        """
                                .formatted(directory));

        assertEquals(ExitCode.OK, transcript.of("explain", graph.toString()));
        assertFalse(Files.exists(file));
        assertEquals(
                """
                file[D/f]
                  before exec[after]
                  runs because content is not as wanted
                    | --- D/f
                    | +++ D/f
                    | @@ -0,0 +1 @@
                    | +hello
                """,
                upTo(transcript.out(), "+hello\n"));
        assertTrue(
                transcript
                        .out()
                        .replace(directory.toString(), "D")
                        .contains(
                                """
                                exec[after]
                                  after file[D/f], and again when that is changed
                                  after file[D/taken]
                                  waits for file[D/taken], which fails
                                """),
                transcript::out);
    }

    private String upTo(String text, String end) {
        String shown = text.replace(directory.toString(), "D");
        return shown.substring(0, shown.indexOf(end) + end.length());
    }

    @Test
    void explainOfOneResourceTellsOnlyOfThat() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(graph, graphWith(file));
        Files.writeString(file, "hello\n");

        assertEquals(ExitCode.OK, transcript.of("explain", graph.toString(), "file[" + file + "]"));
        assertEquals(
                "file["
                        + file
                        + "]\n  is as wanted: runs again when its part of the world changes\n",
                transcript.out());
        assertEquals(
                ExitCode.USAGE, transcript.of("explain", graph.toString(), "file[" + file + "x]"));
        assertTrue(transcript.err().contains("did you mean file[" + file + "]?"), transcript::err);
    }

    private ExitCode run(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "run",
                                graph.toString(),
                                "--tmp-prefix",
                                "--converged-timeout",
                                "0"));
        args.addAll(List.of(more));
        return transcript.of(args.toArray(String[]::new));
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
