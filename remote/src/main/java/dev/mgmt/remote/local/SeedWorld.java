package dev.mgmt.remote.local;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import dev.mgmt.engine.world.etcd.EtcdWorld;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that is kept elsewhere, over one connection at a time. Lost, it is made anew by the next
 * call, to whichever seed answers first in turn; the call fails if none does. Watches end with
 * their connection: those who watch begin again, as they do after any failure.
 *
 * <p>A store that has forgotten everything (its process was started anew, with nothing but memory)
 * gets back what this process has put there; see {@link OwnWrites}.
 */
final class SeedWorld implements World {
    private final List<Seed> seeds;
    private final SeedSockets sockets;
    private final OwnWrites written = new OwnWrites();

    /** The seed that is tried first. */
    private int next;

    private @Nullable Link link;

    /** The one before: its watches may not have been told yet that it is lost. */
    private @Nullable Link lost;

    private boolean closed;

    private record Link(Socket socket, World world) {
        boolean isLost() {
            return socket.isClosed();
        }
    }

    SeedWorld(List<Seed> seeds, SeedSockets sockets) {
        this.seeds = List.copyOf(seeds);
        this.sockets = sockets;
    }

    @Override
    public Snapshot read(String prefix) throws WorldException, InterruptedException {
        Link used = link();
        try {
            return used.world().read(prefix);
        } catch (WorldException e) {
            throw judged(used, e);
        }
    }

    @Override
    public Commit commit(Transaction transaction) throws WorldException, InterruptedException {
        Link used = link();
        try {
            Commit commit = used.world().commit(transaction);
            written.remember(transaction);
            return commit;
        } catch (WorldException e) {
            throw judged(used, e);
        }
    }

    @Override
    public Subscription watch(String prefix, long from, Listener listener)
            throws WorldException, InterruptedException {
        Link used = link();
        try {
            return used.world().watch(prefix, from, listener);
        } catch (WorldException e) {
            throw judged(used, e);
        }
    }

    @Override
    public Lease lease(Duration ttl) throws WorldException, InterruptedException {
        Link used = link();
        try {
            return used.world().lease(ttl);
        } catch (WorldException e) {
            throw judged(used, e);
        }
    }

    /** A log-in has its time, too: a store that no longer knows us is met anew. */
    private static WorldException judged(Link used, WorldException failure) {
        if (String.valueOf(failure.getMessage()).contains("invalid auth token")) {
            used.world().close();
            return new WorldException(
                    Durability.TRANSIENT, "the log-in has run out: logging in again", failure);
        }
        return failure;
    }

    private synchronized Link link() throws WorldException, InterruptedException {
        if (closed) {
            throw new WorldException(Durability.PERMANENT, "the run is over", null);
        }
        Link known = link;
        if (known != null && !known.isLost()) {
            return known;
        }
        Link made = connect();
        if (lost != null) {
            lost.world().close();
        }
        lost = known;
        link = made;
        return made;
    }

    private Link connect() throws WorldException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        Durability durability = Durability.PERMANENT;
        for (int i = 0; i < seeds.size(); i++) {
            Seed seed = seeds.get(next);
            try {
                return connect(seed);
            } catch (IOException e) {
                durability = Durability.TRANSIENT;
                reasons.add(seed + ": " + reason(e));
            } catch (WorldException e) {
                durability = e.durability() == Durability.TRANSIENT ? e.durability() : durability;
                reasons.add(seed + ": " + reason(e));
            }
            next = (next + 1) % seeds.size();
        }
        throw new WorldException(
                durability, "no store answers at " + String.join("; ", reasons), null);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private Link connect(Seed seed) throws IOException, WorldException, InterruptedException {
        Socket socket = sockets.connect(seed);
        World world =
                seed.account().isPresent()
                        ? EtcdWorld.over(
                                socket,
                                seed.account().get().user(),
                                seed.account().get().password())
                        : EtcdWorld.over(socket);
        try {
            written.restore(world);
            return new Link(socket, world);
        } catch (WorldException | InterruptedException e) {
            world.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Link open : new Link[] {lost, link}) {
            if (open != null) {
                open.world().close();
            }
        }
    }
}
