package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.Tunnels;
import dev.mgmt.tunnel.config.Offer;
import dev.mgmt.tunnel.identity.HostKeyBook;
import dev.mgmt.tunnel.identity.Person;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Tunnels over OpenSSH's protocol. What hosts have in common is here once: algorithms, known_hosts,
 * opened keys, jump hosts, and the clock that watches over the links. Each tunnel adds one thread,
 * its reader.
 */
public final class SshjTunnels implements Tunnels {
    private final LimitedAlgorithms algorithms = new LimitedAlgorithms();
    private final HostKeyBook book = new HostKeyBook();
    private final KeyRing keys;
    private final JumpHosts jumpHosts = new JumpHosts();
    private final Set<SshjTunnel> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;
    private volatile boolean closed;

    /** With nobody to ask. */
    public SshjTunnels() {
        this(Person.NOBODY);
    }

    /**
     * @param person asked by one host at a time
     */
    public SshjTunnels(Person person) {
        keys = new KeyRing(person);
        clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("ssh-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /** What connections can be made with. */
    public static Offer offer() {
        return LimitedAlgorithms.offer();
    }

    @Override
    public Tunnel connect(Target target) throws TunnelException, InterruptedException {
        return jumpHosts.connect(target, this::connect);
    }

    private SshjTunnel connect(Target target, Optional<SshjTunnel> jump)
            throws TunnelException, InterruptedException {
        SshjTunnel tunnel =
                new Attempt(
                                target,
                                algorithms.within(target.limits()),
                                book,
                                keys,
                                jump,
                                open::remove)
                        .await();
        open.add(tunnel);
        tunnel.keepAlive(clock);
        if (closed) {
            tunnel.close();
        }
        return tunnel;
    }

    /** The far ends first: none is to take the end of its way for a loss. */
    @Override
    public void close() {
        closed = true;
        open.stream()
                .sorted(
                        Comparator.comparingInt((SshjTunnel t) -> t.target().route().hops())
                                .reversed())
                .toList()
                .forEach(SshjTunnel::close);
        clock.shutdownNow();
        keys.close();
    }
}
