package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * The connections to jump hosts: one to each, shared by all who pass it, opened by the first and
 * gone when lost. Who comes later gets a new one. Safe for many threads.
 */
final class JumpHosts {
    /** Handshakes at once that one jump host, or ProxyCommands of this machine, carry. */
    private static final int HANDSHAKES = 10;

    private final Map<Target, CompletableFuture<SshjTunnel>> tunnels = new ConcurrentHashMap<>();
    private final Map<Target, Semaphore> doors = new ConcurrentHashMap<>();

    /** Each may well be another client of one and the same machine. */
    private final Semaphore commands = new Semaphore(HANDSHAKES, true);

    /** Connects to a target whose way is there already. */
    interface Connecting {
        SshjTunnel connect(Target target, Optional<SshjTunnel> jump)
                throws TunnelException, InterruptedException;
    }

    /** Connects to a target, after the hosts on its way. */
    SshjTunnel connect(Target target, Connecting connecting)
            throws TunnelException, InterruptedException {
        return switch (target.route()) {
            case Route.Direct _ -> connecting.connect(target, Optional.empty());
            case Route.Command _ -> through(commands, target, Optional.empty(), connecting);
            case Route.Through(Target jump) -> {
                SshjTunnel tunnel = tunnel(jump, connecting);
                yield through(door(jump), target, Optional.of(tunnel), connecting);
            }
        };
    }

    private Semaphore door(Target jump) {
        return doors.computeIfAbsent(jump, _ -> new Semaphore(HANDSHAKES, true));
    }

    private static SshjTunnel through(
            Semaphore door, Target target, Optional<SshjTunnel> jump, Connecting connecting)
            throws TunnelException, InterruptedException {
        door.acquire();
        try {
            return connecting.connect(target, jump);
        } finally {
            door.release();
        }
    }

    private SshjTunnel tunnel(Target jump, Connecting connecting)
            throws TunnelException, InterruptedException {
        while (true) {
            CompletableFuture<SshjTunnel> mine = new CompletableFuture<>();
            CompletableFuture<SshjTunnel> others = tunnels.putIfAbsent(jump, mine);
            if (others == null) {
                return open(jump, mine, connecting);
            }
            try {
                return others.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TunnelException failure) {
                    throw failure;
                }
                // Whoever was at it was interrupted, or worse: that is no answer for us.
                tunnels.remove(jump, others);
            }
        }
    }

    private SshjTunnel open(
            Target jump, CompletableFuture<SshjTunnel> promise, Connecting connecting)
            throws TunnelException, InterruptedException {
        try {
            SshjTunnel tunnel = connect(jump, connecting);
            promise.complete(tunnel);
            // Told at once if it is lost already.
            tunnel.onLost(_ -> tunnels.remove(jump, promise));
            return tunnel;
        } catch (TunnelException e) {
            tunnels.remove(jump, promise);
            promise.completeExceptionally(e.at(jump));
            throw e;
        } finally {
            if (!promise.isDone()) {
                tunnels.remove(jump, promise);
                promise.completeExceptionally(new IllegalStateException("not opened"));
            }
        }
    }
}
