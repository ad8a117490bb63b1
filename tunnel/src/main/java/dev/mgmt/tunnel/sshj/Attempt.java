package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HandshakeFailed;
import dev.mgmt.tunnel.TunnelException.Unreachable;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.HostKeyBook;
import java.io.IOException;
import java.net.Socket;
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
 * One connection being made: name, TCP, key exchange, login. The work is done by a thread of its
 * own, because the library and the resolver wait in ways that neither a deadline nor an interrupt
 * can reach; the caller keeps both, and ends the work by closing its socket.
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
    private final HostKeyCheck hostKey;
    private final KeyRing keys;
    private final Consumer<SshjTunnel> onEnd;
    private final Countdown countdown = new Countdown();
    private final CompletableFuture<SshjTunnel> result = new CompletableFuture<>();
    private volatile Stage stage = Stage.CONNECTION;

    /** Guarded by this: a socket that is opened after the end is closed at once. */
    private @Nullable Socket socket;

    private boolean over;

    Attempt(
            Target target,
            Config config,
            HostKeyBook book,
            KeyRing keys,
            Consumer<SshjTunnel> onEnd) {
        this.target = target;
        this.config = config;
        this.hostKey = new HostKeyCheck(target, book);
        this.keys = keys;
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
        Socket open;
        synchronized (this) {
            over = true;
            open = socket;
        }
        close(open);
        // The work may have come to its end just now.
        var _ = result.thenAccept(SshjTunnel::close);
    }

    private void opened(Socket fresh) {
        boolean late;
        synchronized (this) {
            socket = fresh;
            late = over;
        }
        if (late) {
            close(fresh);
        }
    }

    private static void close(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done about a socket that does not close.
            return;
        }
    }

    private void work() {
        try {
            result.complete(connect());
        } catch (TunnelException | RuntimeException | Error e) {
            Socket open;
            synchronized (this) {
                open = socket;
            }
            close(open);
            result.completeExceptionally(e);
        }
    }

    private SshjTunnel connect() throws TunnelException {
        Socket connected = Dial.connect(target.address(), target.port(), countdown, this::opened);
        countdown.restart(target.connectTimeout());
        stage = Stage.IDENTIFICATION;
        Wire wire;
        try {
            wire = new Wire(connected);
        } catch (IOException e) {
            throw new HandshakeFailed(where() + ": the connection broke: " + e.getMessage(), e);
        }
        return handshake(wire);
    }

    private SshjTunnel handshake(Wire wire) throws TunnelException {
        TransportImpl transport = new TransportImpl(config);
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
            new Login(target, new EagerUserAuth(transport, wire), connection, keys, countdown)
                    .run();
            return new SshjTunnel(target, wire, transport, connection, onEnd);
        } catch (TransportException e) {
            Optional<TunnelException> refusal = hostKey.refusal();
            throw refusal.isPresent() ? refusal.get() : failed(wire, e);
        }
    }

    private HandshakeFailed failed(Wire wire, TransportException e) {
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
        return Wire.text(target.address(), target.port());
    }
}
