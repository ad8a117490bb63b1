package dev.mgmt.remote.local;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.etcd.EtcdWorld;
import dev.mgmt.tunnel.etcd.EmbeddedStore;
import dev.mgmt.tunnel.etcd.ListeningPort;
import dev.mgmt.tunnel.etcd.Rights;
import dev.mgmt.tunnel.etcd.StoreServer;
import dev.mgmt.tunnel.etcd.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An embedded store and the world that an engine of this very process sees of it. The engine talks
 * to it as it would from a host, over the same protocol, so that there is one way and not two.
 */
public final class LocalStore implements RunStore {
    private final EmbeddedStore store;
    private final StoreServer server;
    private final World world;
    private final List<AutoCloseable> watches;
    private final List<ListeningPort> doors = new CopyOnWriteArrayList<>();
    private final AtomicLong lastExport = new AtomicLong();
    private final AtomicLong lastValue = new AtomicLong();

    private LocalStore(EmbeddedStore store, StoreServer server, World world) {
        this.store = store;
        this.server = server;
        this.world = world;
        this.watches =
                List.of(watch(StoreKeys.EXPORTS, lastExport), watch(StoreKeys.VALUES, lastValue));
    }

    private AutoCloseable watch(String folder, AtomicLong last) {
        return store.watch(folder, 1, (revision, _) -> last.accumulateAndGet(revision, Math::max));
    }

    /**
     * @param host the name of this machine in the store
     */
    public static LocalStore open(String host) {
        EmbeddedStore store = new EmbeddedStore();
        StoreServer server = new StoreServer(store);
        try {
            SocketPair pair = SocketPair.open(host);
            server.serve(pair.far(), new Visitor(host, () -> Rights.ALL, _ -> {}));
            return new LocalStore(store, server, EtcdWorld.over(pair.near()));
        } catch (IOException closed) {
            throw new UncheckedIOException("a connection in memory", closed);
        }
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public boolean isSeenBy(EngineStatus status) {
        return status.seen() >= lastExport.get() && status.seenValues() >= lastValue.get();
    }

    /**
     * Opens the store to any etcd client of this user's or root's on this machine that can reach
     * the address, for as long as the store lives.
     *
     * @param turnedAway told who else came
     * @return the address with the port that was really taken
     */
    public InetSocketAddress listen(InetSocketAddress address, Consumer<String> turnedAway)
            throws IOException {
        ListeningPort door = server.listen(address, turnedAway);
        doors.add(door);
        return door.address();
    }

    @Override
    public int visitors() {
        return doors.stream().mapToInt(ListeningPort::visitors).sum();
    }

    @Override
    public void close() {
        // First: who came in by a door of a server that is gone would wait for its answer.
        doors.forEach(ListeningPort::close);
        world.close();
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception unexpected) {
                throw new IllegalStateException("a watch in memory", unexpected);
            }
        }
        server.close();
        store.close();
    }
}
