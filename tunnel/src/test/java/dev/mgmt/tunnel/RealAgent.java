package dev.mgmt.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's ssh-agent on a socket of the test's; it ends with the test. */
public final class RealAgent implements AutoCloseable {
    private static final long STARTS_WITHIN_MS = 10_000;

    private final Path directory;
    private final Process agent;

    private RealAgent(Path directory, Process agent) {
        this.directory = directory;
        this.agent = agent;
    }

    public static RealAgent start() {
        try {
            Path directory = Files.createTempDirectory("mgmt-agent-");
            Process agent =
                    new ProcessBuilder("ssh-agent", "-D", "-a", directory + "/socket")
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("log").toFile())
                            .start();
            RealAgent started = new RealAgent(directory, agent);
            started.awaitSocket();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no ssh-agent: install openssh-client", e);
        }
    }

    private void awaitSocket() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STARTS_WITHIN_MS);
        while (!answers()) {
            if (!agent.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("ssh-agent does not start");
            }
            Thread.onSpinWait();
        }
    }

    /** The socket's file is there before anybody listens to it. */
    private boolean answers() {
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public Path socket() {
        return directory.resolve("socket");
    }

    /** Runs ssh-add for this agent. */
    public void add(String... arguments) {
        addAnswering("", arguments);
    }

    /** Runs ssh-add, which is given this answer to whatever it asks. */
    public void addAnswering(String answer, String... arguments) {
        try {
            Path askpass = directory.resolve("askpass");
            Files.writeString(askpass, "#!/bin/sh\nprintf '%s\\n' '" + answer + "'\n");
            Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
            List<String> command = new ArrayList<>(List.of("ssh-add"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("SSH_AUTH_SOCK", socket().toString());
            builder.environment().put("SSH_ASKPASS", askpass.toString());
            builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
            Process process = builder.start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends it as a crash would; its socket file may stay. */
    public void kill() {
        agent.destroyForcibly();
        try {
            agent.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
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
