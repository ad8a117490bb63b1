package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Trees;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apache MINA's SSH server with one key exchange, in a process of its own. Maven puts its jars into
 * {@code target/peer}.
 */
final class ForeignSshd implements AutoCloseable {
    private static final Path JARS = Path.of("target/peer");
    private static final Path SOURCE = Path.of("src/test/peer/PostQuantumServer.java");

    private final Process server;
    private final Path directory;
    private final int port;

    private ForeignSshd(Process server, Path directory, int port) {
        this.server = server;
        this.directory = directory;
        this.port = port;
    }

    static ForeignSshd start(String keyExchange) throws IOException {
        Path directory = Files.createTempDirectory("mgmt-peer-");
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                JARS + "/*",
                                SOURCE.toString(),
                                keyExchange)
                        .redirectError(directory.resolve("log").toFile())
                        .start();
        BufferedReader said = server.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null) {
            throw new AssertionError(
                    "the peer does not start; run mvn generate-test-resources once: "
                            + Files.readString(directory.resolve("log")));
        }
        String[] words = line.split(" ", 2);
        Files.writeString(
                directory.resolve("known_hosts"), "[127.0.0.1]:" + words[0] + " " + words[1]);
        LoopbackSshd.generateKey(directory.resolve("client"), "-t", "ecdsa");
        return new ForeignSshd(server, directory, Integer.parseInt(words[0]));
    }

    Target target() {
        Credential key = new Credential.KeyFile(directory.resolve("client"), () -> new char[0]);
        return Target.of("foreign", "127.0.0.1", port, "anybody")
                .as("anybody", List.of(key))
                .trusting(HostKeyTrust.strict(List.of(directory.resolve("known_hosts"))));
    }

    @Override
    public void close() throws IOException {
        server.getOutputStream().close();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.destroyForcibly();
        }
        Trees.delete(directory);
    }
}
