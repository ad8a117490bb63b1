package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.Tunnels;
import dev.mgmt.tunnel.identity.HostKeyBook;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import net.schmizz.sshj.Config;

/**
 * Tunnels over OpenSSH's protocol. What hosts have in common is here once: algorithms, known_hosts,
 * opened keys, and the clock that watches over the links. Each tunnel adds one thread, its reader.
 */
public final class SshjTunnels implements Tunnels {
    private final Config config = new Algorithms();
    private final HostKeyBook book = new HostKeyBook();
    private final KeyRing keys = new KeyRing();
    private final Set<SshjTunnel> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;
    private volatile boolean closed;

    public SshjTunnels() {
        clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("ssh-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Tunnel connect(Target target) throws TunnelException, InterruptedException {
        SshjTunnel tunnel = new Attempt(target, config, book, keys, open::remove).await();
        open.add(tunnel);
        tunnel.keepAlive(clock);
        if (closed) {
            tunnel.close();
        }
        return tunnel;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(SshjTunnel::close);
        clock.shutdownNow();
        keys.close();
    }
}
