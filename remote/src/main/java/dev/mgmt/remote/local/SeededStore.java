package dev.mgmt.remote.local;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that another process keeps: an etcd, or the one of another run. */
public final class SeededStore implements RunStore {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final SeedSockets sockets;
    private final SeedWorld world;
    private final FolderWatch exports;
    private final FolderWatch values;
    private final List<Passage> passages = new ArrayList<>();

    private SeededStore(
            SeedSockets sockets, SeedWorld world, Consumer<String> remarks, Runnable moved) {
        this.sockets = sockets;
        this.world = world;
        this.exports = new FolderWatch(world, StoreKeys.EXPORTS, remarks, moved);
        // One of them tells for both.
        this.values = new FolderWatch(world, StoreKeys.VALUES, _ -> {}, moved);
    }

    /**
     * Where to look for the store.
     *
     * @param seeds tried in turn
     * @param authorities certificates that may vouch for a seed, in PEM; else those Java knows
     * @param deadline for the first answer
     */
    public record Search(List<Seed> seeds, Optional<Path> authorities, Duration deadline) {
        public Search {
            seeds = List.copyOf(seeds);
        }
    }

    /**
     * Blocks until a seed answers.
     *
     * @param remarks told why it takes longer, and when the store is lost and found again
     * @param moved the answer of {@link #isSeenBy} may be another now
     * @throws WorldException where none did within the deadline, or one did and refused us
     */
    public static SeededStore open(Search search, Consumer<String> remarks, Runnable moved)
            throws WorldException, InterruptedException {
        SeedSockets sockets = new SeedSockets(search.authorities());
        SeedWorld world = new SeedWorld(search.seeds(), sockets);
        try {
            awaitAnswer(world, search.deadline(), remarks);
            return new SeededStore(sockets, world, remarks, moved);
        } catch (WorldException | InterruptedException e) {
            world.close();
            throw e;
        }
    }

    private static void awaitAnswer(World world, Duration deadline, Consumer<String> remarks)
            throws WorldException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        boolean told = false;
        while (true) {
            try {
                world.read(StoreKeys.FLEET);
                return;
            } catch (WorldException e) {
                boolean mayHelp = e.durability() == Durability.TRANSIENT;
                if (!mayHelp || System.nanoTime() + BETWEEN_TRIES.toNanos() > end) {
                    throw e;
                }
                if (!told) {
                    remarks.accept("waiting for the store: " + e.getMessage());
                    told = true;
                }
            }
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public boolean isSeenBy(EngineStatus status) {
        return status.seen() >= exports.lastChange() && status.seenValues() >= values.lastChange();
    }

    /**
     * Hands whoever connects to this address on to the first seed that answers, so that others may
     * take this process for their seed.
     *
     * @return the address with the port that was really taken
     */
    public InetSocketAddress passOn(InetSocketAddress address, List<Seed> seeds)
            throws IOException {
        Passage passage = new Passage(address, () -> connect(seeds));
        passages.add(passage);
        return passage.address();
    }

    private Socket connect(List<Seed> seeds) throws IOException {
        IOException last = new IOException("there is no seed");
        for (Seed seed : seeds) {
            try {
                return sockets.connect(seed);
            } catch (IOException unreachable) {
                last = unreachable;
            }
        }
        throw last;
    }

    @Override
    public int visitors() {
        return passages.stream().mapToInt(Passage::visitors).sum();
    }

    @Override
    public void close() {
        passages.forEach(Passage::close);
        exports.close();
        values.close();
        world.close();
    }
}
