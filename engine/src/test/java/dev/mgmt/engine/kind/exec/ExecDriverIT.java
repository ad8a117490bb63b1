package dev.mgmt.engine.kind.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineEvent.Stream;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecDriverIT {
    @TempDir private Path dir;
    private GraphTester tester;

    @BeforeEach
    void open() {
        tester = GraphTester.open();
    }

    @AfterEach
    void close() {
        tester.close();
        tester.await("no process left", () -> ProcessHandle.current().descendants().count() == 0);
    }

    private static String exec(String fields) {
        return "graph: g\nresources:\n  exec:\n  - name: e\n" + fields.indent(4);
    }

    private EngineStatus run(String fields) {
        return tester.converge(exec(fields));
    }

    private String log() {
        try {
            return Files.readString(dir.resolve("log"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void commandRunsOnceAndAgainWhenItsFieldsChange() {
        String line = "shell: /bin/sh\ncmd: echo x >> " + dir + "/log";
        assertEquals(1, run(line).counts().changed());
        assertEquals("x\n", log());
        tester.converge("graph: other\nresources:\n  exec:\n  - name: e\n" + line.indent(4));
        assertEquals("x\n", log());
        run(line + "; true");
        assertEquals("x\nx\n", log());
    }

    @Test
    void outputStreamsAndLastWordsAreTheReasonOfAFailure() {
        EngineStatus status =
                run("shell: /bin/sh\ncmd: 'echo out; echo first >&2; echo why >&2; exit 3'");
        assertEquals("exit code 3: first | why", status.failures().getFirst().reason());
        List<EngineEvent.Output> lines = tester.events(EngineEvent.Output.class);
        assertEquals(
                List.of("out"),
                lines.stream()
                        .filter(line -> line.stream() == Stream.STDOUT)
                        .map(EngineEvent.Output::line)
                        .toList());
        assertEquals(3, lines.size());
    }

    @Test
    void wordsAreNotReadByAShell() {
        run("cmd: echo '$HOME' \"a  b\"");
        assertEquals("$HOME a  b", tester.events(EngineEvent.Output.class).getFirst().line());
    }

    @Test
    void directoryAndEnvironmentAreTheCommands() {
        run("shell: /bin/sh\ncmd: 'pwd; echo $GREETING'\ncwd: " + dir + "\nenv: {GREETING: hi}");
        assertEquals(
                dir + ",hi",
                tester.events(EngineEvent.Output.class).stream()
                        .map(EngineEvent.Output::line)
                        .collect(Collectors.joining(",")));

        tester.forgetEvents();
        run("cmd: id -gn\nuser: daemon\ngroup: bin");
        assertEquals("bin", tester.events(EngineEvent.Output.class).getLast().line());
    }

    @Test
    void conditionsDecideWhetherThereIsAnythingToDo() throws IOException {
        String line = "shell: /bin/sh\ncmd: echo x >> " + dir + "/log";
        assertEquals(0, run(line + "\nifcmd: /bin/false").counts().changed());
        assertEquals(0, run(line + "\nnifcmd: /bin/true").counts().changed());
        String shell = "\nifshell: /bin/sh\nifcmd: '! true || false'";
        assertEquals(0, run(line + shell).counts().changed());
        Files.createFile(dir.resolve("there"));
        assertEquals(0, run(line + "\ncreates: " + dir + "/there").counts().changed());
        assertEquals("", log());
        run(line + "\nifcmd: /bin/true\nnifcmd: /bin/false\ndonecmd: touch " + dir + "/done");
        assertEquals("x\n", log());
        assertTrue(Files.exists(dir.resolve("done")));
    }

    @Test
    void timeoutEndsTheWholeGroup() {
        long start = System.nanoTime();
        EngineStatus status =
                run("shell: /bin/sh\ncmd: 'sleep 61 & sleep 62; echo late'\ntimeout: 1");
        assertTrue(
                status.failures().getFirst().reason().contains("longer than its timeout of 1 s"),
                status.failures().toString());
        assertTrue(System.nanoTime() - start < 30_000_000_000L);
        tester.await("no process", () -> ProcessHandle.current().descendants().count() == 0);
    }

    @Test
    void closeEndsWhatRunsEvenIfItDefiesTerm() {
        tester.submit(exec("shell: /bin/sh\ncmd: 'trap \"\" TERM; echo up; sleep 63; sleep 64'"));
        tester.await("start", () -> !tester.events(EngineEvent.Output.class).isEmpty());
        tester.close();
        tester.await("no process", () -> ProcessHandle.current().descendants().count() == 0);
    }

    @Test
    void orderlyStopLetsTheCommandFinish() throws InterruptedException {
        tester.submit(exec("shell: /bin/sh\ncmd: 'echo up; sleep 0.5; echo x >> " + dir + "/log'"));
        tester.await("start", () -> !tester.events(EngineEvent.Output.class).isEmpty());
        tester.engine().stop();
        assertEquals("x\n", log());
    }

    @Test
    void lineOfTheWatchCommandRunsTheCommandAgain() throws IOException {
        Path trigger = Files.createFile(dir.resolve("trigger"));
        run("shell: /bin/sh\ncmd: echo x >> " + dir + "/log\nwatchcmd: tail -n 0 -f " + trigger);
        assertEquals("x\n", log());
        tester.await("tail", () -> ProcessHandle.current().descendants().count() > 0);
        tester.await(
                "second run",
                () -> {
                    append(trigger);
                    return log().length() >= 4;
                });
    }

    @Test
    void endOfTheWatchCommandIsRetriedAndThenFails() {
        run("cmd: 'true'\nwatchcmd: sh -c 'exit 5'\nmeta: {retry: 2, delay: 10}");
        tester.await("failure", () -> tester.engine().status().counts().failed() == 1);
        EngineStatus status = tester.engine().status();
        assertEquals(2, tester.events(EngineEvent.Retrying.class).size());
        assertEquals(
                "the watch command ended with exit code 5", status.failures().getFirst().reason());
    }

    @Test
    void refreshRunsItAgain() throws IOException {
        Path file = dir.resolve("f");
        tester.converge(
                """
                graph: g
                resources:
                  file:
                  - {name: f, path: %s, content: x}
                  exec:
                  - {name: e, shell: /bin/sh, cmd: 'echo r >> %s/log'}
                edges:
                - file[f] ~> exec[e]
                """
                        .formatted(file, dir));
        assertEquals("r\n", log());
        Files.delete(file);
        tester.await("refresh", () -> log().equals("r\nr\n"));
    }

    @Test
    void anotherUserRunsItWithItsLoginGroup() {
        run(
                "cmd: id -un -G\nshell: /bin/sh\nuser: daemon"
                        .replace("id -un -G", "'id -un; id -gn'"));
        assertEquals(
                "daemon,daemon",
                tester.events(EngineEvent.Output.class).stream()
                        .map(EngineEvent.Output::line)
                        .collect(Collectors.joining(",")));
    }

    @Test
    void underNoopItOnlyTellsThatItWouldRun() {
        try (GraphTester noop =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new MemoryWorld())) {
            EngineStatus status = noop.converge(exec("cmd: touch " + dir + "/x"));
            assertEquals(1, status.counts().wouldChange());
            assertFalse(Files.exists(dir.resolve("x")));
        }
    }

    @Test
    void manyCommandsWaitSideBySide() {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  exec:\n");
        for (int i = 0; i < 12; i++) {
            yaml.append("  - {name: e").append(i).append(", cmd: sleep 1}\n");
        }
        long start = System.nanoTime();
        tester.converge(yaml.toString());
        assertTrue(System.nanoTime() - start < 6_000_000_000L);
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "now\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
