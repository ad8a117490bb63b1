package dev.mgmt.tunnel;

import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's real OpenSSH server for one test: run by the current user on 127.0.0.1 and a free
 * port, with keys and files of its own in a directory that is gone afterwards. Closing it ends the
 * server, its sessions and what they started.
 */
public final class LoopbackSshd implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin");

    private final Path directory;
    private final int port;
    private final List<String> wrapper;
    private final List<String> extraConfig;
    private Process sshd;

    private LoopbackSshd(
            Path directory,
            int port,
            List<String> wrapper,
            List<String> extraConfig,
            Process sshd) {
        this.directory = directory;
        this.port = port;
        this.wrapper = wrapper;
        this.extraConfig = extraConfig;
        this.sshd = sshd;
    }

    /**
     * @param extraConfig lines of sshd_config(5); the first value of a keyword holds, and these
     *     come first
     */
    public static LoopbackSshd start(String... extraConfig) {
        return start(List.of(), List.of(extraConfig));
    }

    /** A server that sees the accounts given besides the machine's. */
    public static LoopbackSshd startWith(PrivateAccounts accounts, String... extraConfig) {
        return start(accounts.wrapper(), List.of(extraConfig));
    }

    private static LoopbackSshd start(List<String> wrapper, List<String> extraConfig) {
        int port = freePort();
        try {
            Path directory = Files.createTempDirectory("mgmt-sshd-");
            generateKey(directory.resolve("host_ed25519"), "-t", "ed25519");
            generateKey(directory.resolve("client"), "-t", "ed25519");
            Files.copy(directory.resolve("client.pub"), directory.resolve("authorized_keys"));
            writeConfig(directory, port, extraConfig);
            String hostKey = Files.readString(directory.resolve("host_ed25519.pub"));
            Files.writeString(
                    directory.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey);
            Process sshd = launch(directory, wrapper);
            var server = new LoopbackSshd(directory, port, wrapper, extraConfig, sshd);
            server.awaitGreeting();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeConfig(Path directory, int port, List<String> extraConfig)
            throws IOException {
        List<String> lines = new ArrayList<>(extraConfig);
        lines.addAll(
                List.of(
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                        "PidFile " + directory.resolve("pid"),
                        "UsePAM no",
                        "StrictModes no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PrintMotd no",
                        "MaxSessions 100",
                        "MaxStartups 500",
                        "LogLevel VERBOSE"));
        if (extraConfig.stream().noneMatch(line -> line.startsWith("HostKey "))) {
            lines.add("HostKey " + directory.resolve("host_ed25519"));
        }
        Files.write(directory.resolve("sshd_config"), lines);
    }

    private static Process launch(Path directory, List<String> wrapper) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(program().toString(), "-D", "-e", "-f", directory + "/sshd_config"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
                .start();
    }

    /** Whether this machine has a server to start. */
    public static boolean isInstalled() {
        return installed().isPresent();
    }

    private static Path program() {
        return installed()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no sshd on this machine: install openssh-server"));
    }

    private static Optional<Path> installed() {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"));
        return Stream.concat(path, PLACES.stream())
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place, "sshd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a key pair without asking anything.
     *
     * @param options of ssh-keygen; a passphrase as {@code -N secret}
     */
    public static void generateKey(Path file, String... options) {
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-C", "test", "-f", file.toString()));
        command.addAll(List.of(options));
        if (!command.contains("-N")) {
            command.addAll(List.of("-N", ""));
        }
        run(command);
    }

    /** Runs a program of this machine to its good end. */
    public static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void awaitGreeting() {
        long end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            if (!sshd.isAlive()) {
                throw new AssertionError("sshd ended at once: " + log());
            }
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                if (probe.getInputStream().read() == 'S') {
                    return;
                }
            } catch (IOException e) {
                Thread.onSpinWait();
            }
            pause();
        }
        throw new AssertionError("sshd does not answer: " + log());
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public String address() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String user() {
        return System.getProperty("user.name");
    }

    /** A private key, unencrypted, that may log in. */
    public Path clientKey() {
        return directory.resolve("client");
    }

    /** Lists this server's key. */
    public Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** The test's to write to; gone when this is closed. */
    public Path directory() {
        return directory;
    }

    /**
     * A block of ssh_config(5) for this server.
     *
     * @param more lines; the first value of a keyword holds, and these come first
     */
    public String hostBlock(String alias, String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.addAll(
                List.of(
                        "HostName " + address(),
                        "Port " + port,
                        "User " + user(),
                        "IdentityFile " + clientKey(),
                        "UserKnownHostsFile " + knownHosts()));
        return "Host " + alias + "\n  " + String.join("\n  ", lines) + "\n";
    }

    /** What sshd has logged so far. */
    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets another key log in. */
    public void authorize(Path publicKey) {
        try {
            Path authorized = directory.resolve("authorized_keys");
            Files.writeString(
                    authorized, Files.readString(authorized) + Files.readString(publicKey));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As one would connect to it who does everything right. */
    public Target target() {
        return target(List.of(new Credential.KeyFile(clientKey(), () -> new char[0])));
    }

    public Target target(List<Credential> credentials) {
        return Target.of("loopback", address(), port, user())
                .as(user(), credentials)
                .trusting(HostKeyTrust.strict(List.of(knownHosts())));
    }

    /** Ends the server with every session at once, as a power cut would for its host. */
    public void kill() {
        ProcessHandle handle = sshd.toHandle();
        List<ProcessHandle> family =
                Stream.concat(Stream.of(handle), handle.descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(LoopbackSshd::awaitEnd);
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("process " + process.pid() + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts again after {@link #kill()}, on the same port and with the same keys. */
    public void restart() {
        try {
            writeConfig(directory, port, extraConfig);
            sshd = launch(directory, wrapper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitGreeting();
    }

    @Override
    public void close() {
        kill();
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
