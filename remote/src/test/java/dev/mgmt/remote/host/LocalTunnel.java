package dev.mgmt.remote.host;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.exec.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs commands on this machine, as sshd would: one line for a login shell. */
public final class LocalTunnel implements Tunnel {
    private final String loginShell;
    private final Map<String, String> environment;

    /**
     * @param environment in addition to what the test runs with
     */
    public LocalTunnel(String loginShell, Map<String, String> environment) {
        this.loginShell = loginShell;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Target target() {
        return Target.of("local", "127.0.0.1", 22, "nobody");
    }

    @Override
    public RemoteProcess start(RemoteCommand command) throws TunnelException {
        ProcessBuilder builder = new ProcessBuilder(loginShell, "-c", command.line());
        builder.environment().remove("MGMT_CACHE");
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().putAll(environment);
        try {
            return new LocalProcess(builder.start());
        } catch (IOException e) {
            throw new TunnelException.CommandRefused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void onLost(Consumer<TunnelException.LinkLost> listener) {
        // This machine is never lost.
    }

    @Override
    public void close() {
        // Every process is closed by who started it.
    }

    private record LocalProcess(Process process) implements RemoteProcess {
        @Override
        public OutputStream stdin() {
            return process.getOutputStream();
        }

        @Override
        public InputStream stdout() {
            return process.getInputStream();
        }

        @Override
        public InputStream stderr() {
            return process.getErrorStream();
        }

        @Override
        public Ending await(Duration atMost) throws InterruptedException {
            boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return ended ? new Ending.Exited(process.exitValue()) : new Ending.Vanished();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
