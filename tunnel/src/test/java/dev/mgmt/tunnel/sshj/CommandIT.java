package dev.mgmt.tunnel.sshj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException.CommandRefused;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.exec.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command on the far side sees and says. */
@Timeout(60)
class CommandIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static LoopbackSshd server;
    private final Residue residue = new Residue();
    private SshjTunnels tunnels;
    private Tunnel tunnel;

    @BeforeAll
    static void startServer() {
        server = LoopbackSshd.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        tunnels = new SshjTunnels();
        tunnel = tunnels.connect(server.target());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        tunnels.close();
        residue.check();
    }

    private RemoteProcess sh(String script) throws Exception {
        return tunnel.start(RemoteCommand.of("sh", "-c", script));
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), UTF_8);
    }

    @Test
    void exitStatusIsTold() throws Exception {
        for (int status : new int[] {0, 1, 42, 255}) {
            try (var process = sh("exit " + status)) {
                assertEquals(new Ending.Exited(status), process.await(LONG));
            }
        }
    }

    @Test
    void signalThatEndedItIsTold() throws Exception {
        try (var process = sh("kill -KILL $$")) {
            assertEquals(new Ending.Signalled("KILL"), process.await(LONG));
        }
    }

    @Test
    void outputAndErrorsStayApart() throws Exception {
        try (var process = sh("echo out; echo err >&2; exit 3")) {
            assertEquals("out\n", text(process.stdout()));
            assertEquals("err\n", text(process.stderr()));
            assertEquals(new Ending.Exited(3), process.await(LONG));
        }
    }

    @Test
    void wordsArriveAsTheyAre() throws Exception {
        List<String> words =
                List.of("a b", "it's", "\"q\"", "$HOME", "`id`", "x\ny", "", "\\", "*", "ü→", "-n");
        List<String> command = new ArrayList<>(List.of("printf", "<%s>\\n", "--"));
        command.addAll(words);
        try (var process = tunnel.start(new RemoteCommand(command))) {
            StringBuilder expected = new StringBuilder("<-->\n");
            words.forEach(word -> expected.append('<').append(word).append(">\n"));
            assertEquals(expected.toString(), text(process.stdout()));
        }
    }

    @Test
    void missingCommandExitsWith127AsAnyShellSays() throws Exception {
        try (var process = tunnel.start(RemoteCommand.of("no-such-command-here"))) {
            assertEquals(new Ending.Exited(127), process.await(LONG));
            assertTrue(text(process.stderr()).contains("no-such-command-here"));
        }
    }

    @Test
    void eachWriteReachesTheCommandWithoutFlush() throws Exception {
        try (var process = tunnel.start(RemoteCommand.of("cat"))) {
            for (int i = 0; i < 50; i++) {
                process.stdin().write(i);
                assertEquals(i, process.stdout().read());
            }
            process.stdin().close();
            assertEquals(-1, process.stdout().read());
            assertEquals(new Ending.Exited(0), process.await(LONG));
        }
    }

    @Test
    void tenMegabytesGoThereAndComeBackUnharmed() throws Exception {
        byte[] data = new byte[10 * 1024 * 1024 + 7];
        new Random(7).nextBytes(data);
        try (var process = tunnel.start(RemoteCommand.of("cat"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing =
                    threads.submit(
                            () -> {
                                process.stdin().write(data);
                                process.stdin().close();
                                return true;
                            });
            assertArrayEquals(data, process.stdout().readAllBytes());
            writing.get();
            assertEquals(new Ending.Exited(0), process.await(LONG));
        }
    }

    @Test
    void uploadHasTheDigestThatTheHostComputes() throws Exception {
        byte[] data = new byte[5 * 1024 * 1024];
        new Random(8).nextBytes(data);
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        try (var process = tunnel.start(RemoteCommand.of("sha256sum"))) {
            process.stdin().write(data);
            process.stdin().close();
            assertEquals(expected, text(process.stdout()).substring(0, 64));
        }
    }

    @Test
    void largeOutputHasTheDigestThatTheHostComputes() throws Exception {
        try (var process =
                sh(
                        "head -c 20000000 /dev/zero | tee /dev/stderr 2>/dev/null | sha256sum >&2;"
                                + " head -c 20000000 /dev/zero")) {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var counted = new DigestInputStream(process.stdout(), digest)) {
                counted.readAllBytes();
            }
            String expected = HexFormat.of().formatHex(digest.digest());
            assertEquals(expected, text(process.stderr()).substring(0, 64));
        }
    }

    @Test
    void unreadErrorsBelowTheWindowDoNotHoldUpTheOutput() throws Exception {
        int noise = ExecChannel.WINDOW / 2 - 100_000;
        try (var process = sh("head -c " + noise + " /dev/zero >&2; head -c 20000000 /dev/zero")) {
            assertEquals(20_000_000, process.stdout().readAllBytes().length);
            assertEquals(noise, process.stderr().readAllBytes().length);
        }
    }

    @Test
    void closedErrorsNeverHoldUpTheOutput() throws Exception {
        try (var process = sh("head -c 9000000 /dev/zero >&2; echo done")) {
            process.stderr().close();
            assertEquals("done\n", text(process.stdout()));
            assertEquals(new Ending.Exited(0), process.await(LONG));
        }
    }

    @Test
    void commandThatDoesNotReadHoldsUpItsWriterAndNobodyElse() throws Exception {
        var stuck = tunnel.start(RemoteCommand.of("sleep", "60"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> writer =
                    threads.submit(
                            () -> {
                                stuck.stdin().write(new byte[8 * 1024 * 1024]);
                                return true;
                            });
            try (var other = sh("echo free")) {
                assertEquals("free\n", text(other.stdout()));
            }
            stuck.close();
            assertThrows(Exception.class, writer::get);
        }
    }

    @Test
    void tenCommandsRunSideBySide(@TempDir Path directory) throws Exception {
        List<Callable<String>> commands = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            commands.add(
                    () -> {
                        // One after another, the first would wait for ever.
                        try (var process =
                                sh(
                                        "cd %s; touch %d; until [ $(ls | wc -l) = 10 ]; do sleep 0.05; done; echo %2$d"
                                                .formatted(directory, number))) {
                            return text(process.stdout()).strip();
                        }
                    });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> results = threads.invokeAll(commands);
            for (int i = 0; i < 10; i++) {
                assertEquals(String.valueOf(i), results.get(i).get());
            }
        }
    }

    @Test
    void awaitGivesUpWhenTheTimeIsUp() throws Exception {
        try (var process = tunnel.start(RemoteCommand.of("sleep", "30"))) {
            assertEquals(new Ending.Vanished(), process.await(Duration.ofMillis(100)));
        }
    }

    @Test
    void closingAProcessEndsItsStreamsAndSparesTheTunnel() throws Exception {
        var process = tunnel.start(RemoteCommand.of("cat"));
        process.close();
        process.close();
        assertEquals(-1, process.stdout().read());
        assertEquals(-1, process.stderr().read());
        assertThrows(IOException.class, () -> process.stdin().write(1));
        try (var other = sh("echo alive")) {
            assertEquals("alive\n", text(other.stdout()));
        }
    }

    @Test
    void hostThatAllowsNoSessionsRefusesTheCommand() throws Exception {
        try (var strict = LoopbackSshd.start("MaxSessions 0");
                var link = tunnels.connect(strict.target())) {
            var refused =
                    assertThrows(CommandRefused.class, () -> link.start(RemoteCommand.of("true")));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("opens no session"), message);
        }
    }
}
