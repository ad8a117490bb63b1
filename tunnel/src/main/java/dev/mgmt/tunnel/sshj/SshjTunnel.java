package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.CommandRefused;
import dev.mgmt.tunnel.TunnelException.LinkLost;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.exec.RemoteProcess;
import dev.mgmt.tunnel.health.Liveness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * One link over the library. It ends once, by whoever is first: {@link #close()}, the library's
 * reader that meets the end of the stream, or the keepalive that hears nothing. Only the latter two
 * are losses.
 */
final class SshjTunnel implements Tunnel {
    private final Target target;
    private final Wire wire;
    private final Transport transport;
    private final Connection connection;
    private final Consumer<SshjTunnel> onEnd;
    private final Liveness liveness;
    private final List<Consumer<LinkLost>> listeners = new ArrayList<>();

    private enum State {
        UP,
        LOST,
        CLOSED
    }

    /** Keeps channels in the order in which they are asked for. */
    private final ReentrantLock opening = new ReentrantLock();

    /** Whether any was; guarded by opening. */
    private boolean opened;

    private State state = State.UP;
    private @Nullable LinkLost loss;
    private @Nullable Future<?> keepalive;

    /**
     * @param onEnd told once, when the link has ended in whatever way
     */
    SshjTunnel(
            Target target,
            Wire wire,
            Transport transport,
            Connection connection,
            Consumer<SshjTunnel> onEnd) {
        this.target = target;
        this.liveness = new Liveness(target.keepalive().unanswered());
        this.wire = wire;
        this.transport = transport;
        this.connection = connection;
        this.onEnd = onEnd;
    }

    /** Watches over the link from here on. */
    void keepAlive(ScheduledExecutorService clock) {
        transport.setDisconnectListener(
                (reason, message) -> lost(wire.failure().orElseGet(() -> why(reason, message))));
        if (!transport.isRunning()) {
            lost("the host closed the connection");
        }
        // Not at a fixed rate: all looks that a sleeping machine has missed would come at once, and
        // nobody can have answered in between.
        long nanos = target.keepalive().interval().toNanos();
        synchronized (this) {
            if (state == State.UP && nanos > 0) {
                keepalive =
                        clock.scheduleWithFixedDelay(
                                this::look, nanos, nanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    /**
     * Runs on the clock all tunnels share: asking may wait for the network, so it gets a thread.
     */
    private void look() {
        switch (liveness.look(wire.heard())) {
            case ALIVE -> {}
            case ASK -> Thread.ofVirtual().name("ssh-keepalive").start(this::ask);
            case LOST -> lost("no sign of life for " + Dial.seconds(target.keepalive().patience()));
        }
    }

    private void ask() {
        try {
            var _ = connection.sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
        } catch (SSHException e) {
            // The reader meets the same end, and tells.
            return;
        }
    }

    private static String why(DisconnectReason reason, @Nullable String message) {
        if (message == null || message.isEmpty()) {
            return "the connection broke (" + reason + ")";
        }
        return message.contains("EOF") ? "the host closed the connection" : message;
    }

    private void lost(String why) {
        List<Consumer<LinkLost>> told;
        LinkLost fact;
        synchronized (this) {
            if (state != State.UP) {
                return;
            }
            state = State.LOST;
            fact = new LinkLost(where() + ": link lost: " + why, null);
            loss = fact;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        tearDown();
        told.forEach(listener -> listener.accept(fact));
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public RemoteProcess start(RemoteCommand command) throws TunnelException, InterruptedException {
        ensureUp(null);
        ExecChannel channel = new ExecChannel(connection, command.line());
        ExecStart start;
        try {
            open(channel);
            start = channel.awaitStart(target.connectTimeout());
        } catch (SSHException e) {
            ensureUp(e);
            throw new LinkLost(where() + ": link lost: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            channel.close();
            throw e;
        }
        return switch (start) {
            case ExecStart.Running _ -> channel;
            case ExecStart.Refused(String reason) ->
                    throw new CommandRefused(where() + ": " + reason, null);
            case ExecStart.Silence _ -> {
                lost("no answer to the start of a command");
                ensureUp(null);
                throw new LinkLost(where() + ": link lost", null);
            }
        };
    }

    /** For a connection from there onwards. */
    DirectChannel channel() {
        return new DirectChannel(connection);
    }

    private void open(ExecChannel channel) throws TransportException {
        opening.lock();
        try {
            boolean first = !opened && transport.getServerVersion().startsWith("OpenSSH_");
            opened = true;
            channel.open(first ? Haste.EAGER : Haste.PATIENT);
        } finally {
            opening.unlock();
        }
    }

    private synchronized void ensureUp(@Nullable Throwable cause) throws LinkLost {
        switch (state) {
            case UP -> {}
            case LOST -> {
                if (loss != null) {
                    throw new LinkLost(String.valueOf(loss.getMessage()), cause);
                }
            }
            case CLOSED -> throw new LinkLost(where() + ": the tunnel is closed", cause);
        }
    }

    @Override
    public void onLost(Consumer<LinkLost> listener) {
        LinkLost fact;
        synchronized (this) {
            if (state == State.UP) {
                listeners.add(listener);
            }
            fact = loss;
        }
        if (fact != null) {
            Thread.ofVirtual().name("ssh-lost").start(() -> listener.accept(fact));
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (state != State.UP) {
                return;
            }
            state = State.CLOSED;
            listeners.clear();
        }
        tearDown();
    }

    /**
     * Closing the socket is what reaches every thread: the reader, and any writer the network holds
     * up. A polite farewell would have to queue behind that writer.
     */
    private void tearDown() {
        synchronized (this) {
            if (keepalive != null) {
                var _ = keepalive.cancel(false);
            }
        }
        try {
            wire.close();
        } catch (IOException e) {
            // It is gone all the same.
            return;
        } finally {
            onEnd.accept(this);
        }
    }

    private String where() {
        return target.where();
    }
}
