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
    private static final String ADDRESS = "127.0.0.1";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin");

    private final SshdFiles files;
    private final List<String> wrapper;
    private final List<String> extraConfig;
    private Process sshd;

    private LoopbackSshd(
            SshdFiles files, List<String> wrapper, List<String> extraConfig, Process sshd) {
        this.files = files;
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
            SshdFiles files = SshdFiles.create(ADDRESS, port);
            configure(files, extraConfig);
            Process sshd = launch(files, wrapper);
            var server = new LoopbackSshd(files, wrapper, extraConfig, sshd);
            server.awaitGreeting();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(SshdFiles files, List<String> extraConfig) throws IOException {
        files.configure(
                extraConfig,
                List.of(
                        "PidFile " + files.directory().resolve("pid"),
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "MaxSessions 100",
                        "MaxStartups 500"));
    }

    private static Process launch(SshdFiles files, List<String> wrapper) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(program().toString());
        return files.start(command);
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
                probe.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 1000);
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
        return files.address();
    }

    public int port() {
        return files.port();
    }

    public String user() {
        return System.getProperty("user.name");
    }

    /** A private key, unencrypted, that may log in. */
    public Path clientKey() {
        return files.clientKey();
    }

    /** Lists this server's key. */
    public Path knownHosts() {
        return files.knownHosts();
    }

    /** The test's to write to; gone when this is closed. */
    public Path directory() {
        return files.directory();
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
                        "Port " + port(),
                        "User " + user(),
                        "IdentityFile " + clientKey(),
                        "UserKnownHostsFile " + knownHosts()));
        return "Host " + alias + "\n  " + String.join("\n  ", lines) + "\n";
    }

    /** What sshd has logged so far. */
    public String log() {
        try {
            return files.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets another key log in. */
    public void authorize(Path publicKey) {
        try {
            Path authorized = files.authorizedKeys();
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
        return Target.of("loopback", address(), port(), user())
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
            configure(files, extraConfig);
            sshd = launch(files, wrapper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitGreeting();
    }

    @Override
    public void close() {
        kill();
        try {
            Trees.delete(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
