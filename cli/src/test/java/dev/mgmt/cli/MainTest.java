package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final Transcript transcript = new Transcript();

    @Test
    void helpGoesToStdoutAndNamesTheCommandsForPeople() {
        assertEquals(ExitCode.OK, transcript.of("--help"));
        assertEquals("", transcript.err());
        for (String command : new String[] {"remote", "run", "validate", "graph", "explain"}) {
            assertTrue(transcript.out().contains("\n  " + command + " "), command);
        }
        assertTrue(!transcript.out().contains("agent"), "the agent is nobody's to start");
    }

    @Test
    void versionIsTheBuilds() {
        assertEquals(ExitCode.OK, transcript.of("--version"));
        assertTrue(transcript.out().matches("mgmt \\d+\\.\\d+\\.\\d+\\S*\n"), transcript::out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--converged-timeout",
                "--timeout",
                "--limit",
                "--forks",
                "--noop",
                "--user",
                "--port",
                "--identity",
                "--known-hosts",
                "--host-key-policy",
                "--connect-timeout",
                "--linger",
                "--clean",
                "--no-watch",
                "--allow-cleartext-passwords",
                "--output",
                "-v, --verbose",
                "-h, --help"
            })
    void theHelpOfRemoteNamesEveryOption(String option) {
        assertEquals(ExitCode.OK, transcript.of("remote", "--help"));
        assertTrue(transcript.out().contains(" " + option), option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t, --converged-timeout",
                "--max-runtime",
                "--noop",
                "--no-watch",
                "--hostname",
                "--seeds",
                "--seeds-ca",
                "--client-urls",
                "--prefix",
                "--tmp-prefix",
                "-g, --graphviz",
                "--graphviz-filter",
                "--prometheus",
                "--prometheus-listen",
                "--log-level",
                "--sema",
                "--compat-exit"
            })
    void theHelpOfRunNamesEveryOptionThatStillMeansSomething(String option) {
        assertEquals(ExitCode.OK, transcript.of("run", "--help"));
        assertTrue(transcript.out().contains(" " + option), option);
        assertTrue(!transcript.out().contains("--no-pgp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remote h --fork 3 | mgmt remote: unknown option '--fork' | did you mean --forks? mgmt remote --help",
                "run a.yaml b.yaml | mgmt run: 'b.yaml' is one too many | mgmt run --help",
                "remoet h | mgmt: unknown command 'remoet' | did you mean remote? mgmt --help",
                "run g --sema x | mgmt run: Invalid value for option '--sema': 'x' is not a whole number from 1 on | mgmt run --help",
                "run | mgmt run: a graph file is missing | mgmt run --help",
                "remote | mgmt remote: Missing required parameter: 'HOSTS' | mgmt remote --help"
            })
    void aWrongCommandLineIsTwoAndSaysWhatWouldBeRight(String line, String what, String advice) {
        assertEquals(ExitCode.USAGE, transcript.of(line.split(" ")));
        assertEquals("", transcript.out());
        assertEquals(what + "\n  try: " + advice + "\n", transcript.err());
    }

    @Test
    void noCommandAtAllIsWrongToo() {
        assertEquals(ExitCode.USAGE, transcript.of());
        assertEquals("mgmt: a command is missing\n  try: mgmt --help\n", transcript.err());
    }

    @Test
    void theEnvironmentIsHeldToTheSameRules() {
        assertEquals(
                ExitCode.USAGE, transcript.with(Map.of("MGMT_FORKS", "none"), "remote", "h.yaml"));
        assertTrue(transcript.err().contains("'none' is not a whole number"), transcript::err);
    }
}
