package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.agent.AgentMain;
import dev.mgmt.remote.host.TestImage;
import dev.mgmt.tunnel.LoopbackSshd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody at a real terminal, of script(1), who is asked and types. */
@Timeout(120)
class TerminalIT {
    private static final String PHRASE = "typed-by-hand";

    @TempDir Path directory;

    @BeforeEach
    void layOut() throws Exception {
        TestImage.in(directory.resolve("home"), "d1", program(), 1000);
        Files.writeString(
                directory.resolve("g.yaml"),
                "graph: g\nresources:\n  file:\n  - {name: %s/made, content: x}\n"
                        .formatted(directory));
    }

    private static String java() {
        return "'%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s'"
                .formatted(System.getProperty("java.home"), System.getProperty("java.class.path"));
    }

    private static String program() {
        return "#!/bin/sh\nexec %s %s \"$@\"\n".formatted(java(), AgentMain.class.getName());
    }

    private LoopbackSshd server() {
        return LoopbackSshd.start("SetEnv MGMT_CACHE=" + directory.resolve("cache"));
    }

    private Path lockedKey(LoopbackSshd server) throws Exception {
        Path key = directory.resolve("locked");
        Files.copy(server.clientKey(), key);
        TestImage.run(
                directory, "ssh-keygen", "-q", "-p", "-P", "", "-N", PHRASE, "-f", key.toString());
        return key;
    }

    private Terminal remote(LoopbackSshd server, Path key, String... more) throws IOException {
        Path hosts =
                Files.writeString(
                        directory.resolve("hosts.yaml"),
                        "hosts:\n  web1: {address: %s, port: %d, user: %s, graph: g.yaml}\n"
                                .formatted(server.address(), server.port(), server.user()));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "exec",
                                java(),
                                "-Dmgmt.home=" + directory.resolve("home"),
                                Main.class.getName(),
                                "remote",
                                hosts.toString(),
                                "--identity",
                                key.toString(),
                                "--converged-timeout",
                                "0"));
        words.addAll(List.of(more));
        return new Terminal(String.join(" ", words), directory);
    }

    private Terminal remoteWithLockedKey(LoopbackSshd server) throws Exception {
        return remote(server, lockedKey(server), "--known-hosts", server.knownHosts().toString());
    }

    @Test
    void passphraseIsAskedForOnceAndNotShown() throws Exception {
        try (LoopbackSshd server = server();
                Terminal terminal = remoteWithLockedKey(server)) {
            terminal.awaitText("assphrase");
            terminal.type(PHRASE);

            assertEquals(0, terminal.end(), terminal::text);
            assertFalse(terminal.text().contains(PHRASE), terminal::text);
            assertEquals(2, terminal.text().split("assphrase", -1).length, terminal::text);
            assertTrue(terminal.text().contains("exit 0"), terminal::text);
            assertTrue(Files.exists(directory.resolve("made")));
        }
    }

    /** Rows that are drawn meanwhile would tear the question apart. */
    @Test
    void nothingIsWrittenIntoAQuestion() throws Exception {
        try (LoopbackSshd server = server();
                Terminal terminal = remoteWithLockedKey(server)) {
            terminal.awaitText("assphrase");
            Thread.sleep(Duration.ofMillis(500));
            String before = terminal.text();
            Thread.sleep(Duration.ofSeconds(1));
            assertEquals(before, terminal.text());
            terminal.type(PHRASE);
            assertEquals(0, terminal.end(), terminal::text);
        }
    }

    @Test
    void unknownHostIsTrustedOnceItsKeyIsConfirmed() throws Exception {
        Path known = directory.resolve("known");
        try (LoopbackSshd server = server();
                Terminal terminal =
                        remote(
                                server,
                                server.clientKey(),
                                "--known-hosts",
                                known.toString(),
                                "--host-key-policy",
                                "ask")) {
            terminal.awaitText("yes");
            assertTrue(terminal.text().contains("SHA256:"), terminal::text);
            terminal.type("yes");

            assertEquals(0, terminal.end(), terminal::text);
            assertEquals(1, Files.readAllLines(known).size());
            assertTrue(Files.exists(directory.resolve("made")));
        }
    }

    @Test
    void wrongPassphraseEndsInARefusal() throws Exception {
        try (LoopbackSshd server = server();
                Terminal terminal = remoteWithLockedKey(server)) {
            terminal.awaitText("assphrase");
            terminal.type("something else");

            assertEquals(11, terminal.end(), terminal::text);
            assertFalse(terminal.text().contains("something else"), terminal::text);
            assertFalse(Files.exists(directory.resolve("made")));
        }
    }

    /** Its output holds what the terminal shows, echo included. */
    private static final class Terminal implements AutoCloseable {
        private final Process process;
        private final StringBuilder shown = new StringBuilder();
        private final Thread reader;

        private Terminal(String command, Path directory) throws IOException {
            ProcessBuilder builder =
                    new ProcessBuilder("script", "-q", "-e", "-f", "-c", command, "/dev/null");
            builder.environment().put("HOME", directory.toString());
            builder.environment().put("TERM", "xterm");
            builder.environment().remove("SSH_AUTH_SOCK");
            process = builder.redirectErrorStream(true).start();
            reader = Thread.ofVirtual().start(() -> read(process.getInputStream()));
        }

        private void read(InputStream output) {
            byte[] chunk = new byte[4096];
            try {
                for (int n = output.read(chunk); n > 0; n = output.read(chunk)) {
                    synchronized (shown) {
                        shown.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
                        shown.notifyAll();
                    }
                }
            } catch (IOException e) {
                // A pseudo-terminal whose last process is gone ends like that.
                return;
            }
        }

        String text() {
            synchronized (shown) {
                return shown.toString();
            }
        }

        void awaitText(String wanted) throws InterruptedException {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            synchronized (shown) {
                while (shown.indexOf(wanted) < 0) {
                    assertTrue(
                            System.nanoTime() < end && reader.isAlive(),
                            () -> wanted + " was never shown: " + shown);
                    shown.wait(100);
                }
            }
        }

        void type(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        int end() throws InterruptedException {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), this::text);
            reader.join();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
