package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HandshakeFailed;
import dev.mgmt.tunnel.TunnelException.Unreachable;
import dev.mgmt.tunnel.TunnelException.WayRefused;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.HostKeyBook;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.connection.ConnectionImpl;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.TransportImpl;
import org.jspecify.annotations.Nullable;

/**
 * One connection being made: name, TCP or what stands for it, key exchange, login. The work is done
 * by a thread of its own, because the library and the resolver wait in ways that neither a deadline
 * nor an interrupt can reach; the caller keeps both, and ends the work by closing what it waits
 * for.
 */
final class Attempt {
    private enum Stage {
        CONNECTION("the TCP connection"),
        IDENTIFICATION("the server's identification"),
        KEY_EXCHANGE("the key exchange"),
        LOGIN("the login");

        private final String what;

        Stage(String what) {
            this.what = what;
        }
    }

    private final Target target;
    private final Config config;
    private final HostKeyCheck hostKeyCheck;
    private final HostKeySize hostKey;
    private final KeyRing keys;
    private final Optional<SshjTunnel> jump;
    private final Consumer<SshjTunnel> onEnd;
    private final Countdown countdown = new Countdown();
    private final CompletableFuture<SshjTunnel> result = new CompletableFuture<>();
    private volatile Stage stage = Stage.CONNECTION;

    /** Guarded by this: what is opened after the end is closed at once. */
    private @Nullable Closeable opening;

    private boolean over;

    /** The working thread's. */
    private @Nullable LoginPlan plan;

    Attempt(
            Target target,
            Config config,
            HostKeyBook book,
            KeyRing keys,
            Optional<SshjTunnel> jump,
            Consumer<SshjTunnel> onEnd) {
        this.target = target;
        this.config = config;
        this.hostKeyCheck = new HostKeyCheck(target, book, keys, countdown);
        this.hostKey = new HostKeySize(target, hostKeyCheck);
        this.keys = keys;
        this.jump = jump;
        this.onEnd = onEnd;
    }

    SshjTunnel await() throws TunnelException, InterruptedException {
        countdown.restart(target.connectTimeout());
        // A platform thread: socket I/O of a virtual one starts the machine's poller, which sits in
        // a native call for good and so makes the program's exit wait for 0.3 s.
        Thread.ofPlatform().daemon().name("ssh-connect-" + target.name()).start(this::work);
        try {
            while (true) {
                try {
                    // While a human is asked the clock stands still, and is looked at again.
                    long left = Math.max(1, countdown.left().toMillis());
                    return result.get(left, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (countdown.isOver()) {
                        throw late();
                    }
                }
            }
        } catch (InterruptedException e) {
            giveUp();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TunnelException known) {
                throw known;
            }
            throw new IllegalStateException("connecting failed in an unforeseen way", e.getCause());
        }
    }

    private TunnelException late() {
        Stage reached = stage;
        giveUp();
        String message =
                "%s: %s took longer than %s"
                        .formatted(where(), reached.what, Dial.seconds(target.connectTimeout()));
        return switch (reached) {
            case CONNECTION -> new Unreachable(message, null);
            case IDENTIFICATION, KEY_EXCHANGE, LOGIN -> new HandshakeFailed(message, null);
        };
    }

    private void giveUp() {
        Closeable open;
        synchronized (this) {
            over = true;
            open = opening;
        }
        close(open);
        // The work may have come to its end just now.
        var _ = result.thenAccept(SshjTunnel::close);
    }

    private void opened(Closeable fresh) {
        boolean late;
        synchronized (this) {
            opening = fresh;
            late = over;
        }
        if (late) {
            close(fresh);
        }
    }

    private static void close(@Nullable Closeable open) {
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            // Nothing more can be done about what does not close.
            return;
        }
    }

    private void work() {
        try {
            result.complete(connect());
        } catch (TunnelException | RuntimeException | Error e) {
            Closeable open;
            synchronized (this) {
                open = opening;
            }
            close(open);
            result.completeExceptionally(e);
        }
    }

    private SshjTunnel connect() throws TunnelException {
        while (true) {
            Optional<SshjTunnel> tunnel = dialled();
            if (tunnel.isPresent()) {
                return tunnel.get();
            }
        }
    }

    /** Empty if the login is to go on over another connection. */
    private Optional<SshjTunnel> dialled() throws TunnelException {
        countdown.restart(target.connectTimeout());
        stage = Stage.CONNECTION;
        Carrier carrier = carrier();
        countdown.restart(target.connectTimeout());
        stage = Stage.IDENTIFICATION;
        Wire wire;
        try {
            wire = new Wire(carrier);
        } catch (IOException e) {
            throw new HandshakeFailed(where() + ": the connection broke: " + e.getMessage(), e);
        }
        return handshake(wire);
    }

    private Carrier carrier() throws TunnelException {
        try {
            return switch (target.route()) {
                case Route.Direct direct ->
                        new TcpCarrier(Dial.connect(target, direct, countdown, this::opened));
                case Route.Through _ -> channel(jump.orElseThrow());
                case Route.Command(String line) -> {
                    CommandCarrier command = CommandCarrier.start(line);
                    opened(command);
                    yield command;
                }
            };
        } catch (IOException e) {
            throw new Unreachable(where() + ": " + e.getMessage(), e);
        }
    }

    private Carrier channel(SshjTunnel through) throws TunnelException, IOException {
        DirectChannel channel = through.channel();
        opened(channel);
        DirectChannel.Start start;
        try {
            start = channel.open(target.address(), target.port());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
        String name = through.target().name();
        return switch (start) {
            case DirectChannel.Start.Connected() -> channel;
            case DirectChannel.Start.Forbidden(String reason) ->
                    throw new WayRefused(
                            "%s: the jump host %s forwards no connection there: %s (look for AllowTcpForwarding, DisableForwarding and PermitOpen in its sshd_config)"
                                    .formatted(where(), name, reason),
                            null);
            case DirectChannel.Start.Failed(String reason) ->
                    throw new Unreachable(
                            "%s: the jump host %s cannot connect: %s"
                                    .formatted(where(), name, reason),
                            null);
        };
    }

    private Optional<SshjTunnel> handshake(Wire wire) throws TunnelException {
        TransportImpl transport = new TransportImpl(new OfferToHost(config, hostKeyCheck));
        transport.setTimeoutMs(Integer.MAX_VALUE);
        transport.addHostKeyVerifier(hostKey);
        try {
            // Not the name: the library would resolve it again, to name a thread.
            transport.init("127.0.0.1", target.port(), wire, wire.out());
            stage = Stage.KEY_EXCHANGE;
            transport.doKex();
            stage = Stage.LOGIN;
            ConnectionImpl connection =
                    new ConnectionImpl(transport, config.getKeepAliveProvider());
            if (plan == null) {
                // Whoever reads a key that is being opened waits for a human, perhaps another's.
                plan = countdown.pausedFor(() -> new LoginPlan(target, keys));
            }
            Userauth auth = new Userauth(transport, wire);
            return switch (new Login(target, auth, connection, plan, keys, countdown).run()) {
                case IN -> Optional.of(new SshjTunnel(target, wire, transport, connection, onEnd));
                case AGAIN -> {
                    transport.disconnect();
                    yield Optional.empty();
                }
            };
        } catch (TransportException e) {
            Optional<TunnelException> refusal = hostKey.refusal();
            throw refusal.isPresent() ? refusal.get() : failed(wire, e);
        }
    }

    private TunnelException failed(Wire wire, TransportException e) {
        Optional<String> carrier = wire.failure();
        if (carrier.isPresent()) {
            String message = where() + ": " + carrier.get();
            return stage == Stage.IDENTIFICATION
                    ? new Unreachable(message, e)
                    : new HandshakeFailed(message + ", during " + stage.what, e);
        }
        String reason =
                switch (stage) {
                    case CONNECTION, IDENTIFICATION -> noGreeting(wire, e);
                    case KEY_EXCHANGE, LOGIN -> broken(e);
                };
        return new HandshakeFailed(where() + ": " + reason, e);
    }

    /** sshd does this too, when it has more unauthenticated connections than MaxStartups. */
    private static String noGreeting(Wire wire, TransportException e) {
        if (!wire.greeting().isEmpty()) {
            return "no SSH server: it says \"" + wire.greeting() + "\"";
        }
        return String.valueOf(e.getMessage()).contains("closed connection")
                ? "closed the connection before it said anything (too many logins at once?)"
                : "the connection broke before the server said anything: " + e.getMessage();
    }

    private String broken(TransportException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("EOF") || message.contains("Connection reset")) {
            return "the server closed the connection during " + stage.what;
        }
        if (message.contains("settlement")) {
            return "no algorithm in common: " + message;
        }
        return stage.what + " failed: " + message;
    }

    private String where() {
        return target.where();
    }
}
