package dev.mgmt.remote.agent;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.remote.wire.StatusValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this host's status key at the engine's last standing, under a lease: it dies with us. One
 * write is under way at a time; standings that are overtaken meanwhile are skipped, the last one
 * never is. A thread of its own waits for the store.
 */
final class StatusWriter implements AutoCloseable {
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final World world;
    private final String key;
    private final Duration ttl;
    private final EventLog events;
    private final Object lock = new Object();
    private final Thread writer;
    private @Nullable EngineStatus waiting;
    private boolean closed;

    /**
     * @param ttl how long the standing outlives an agent that is heard of no more
     */
    StatusWriter(World world, String key, Duration ttl, EventLog events) {
        this.world = world;
        this.key = key;
        this.ttl = ttl;
        this.events = events;
        this.writer = Thread.ofPlatform().daemon().name("status").start(this::write);
    }

    void offer(EngineStatus status) {
        synchronized (lock) {
            waiting = status;
            lock.notifyAll();
        }
    }

    /** The lease is asked for at once, while the first graph is still being read. */
    private void write() {
        try {
            // Not closed at the end: the last word is to stay until the connection ends.
            World.Lease lease = world.lease(ttl);
            for (EngineStatus status = next(); status != null; status = next()) {
                String value = StatusValue.text(status);
                world.commit(World.Transaction.of(new World.Write.Put(key, value, lease.id())));
            }
        } catch (WorldException e) {
            events.notice("the status cannot be written: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when there will be no more. */
    private @Nullable EngineStatus next() throws InterruptedException {
        synchronized (lock) {
            while (waiting == null && !closed) {
                lock.wait();
            }
            EngineStatus next = waiting;
            waiting = null;
            return next;
        }
    }

    /** Returns when the last standing is in the store, or cannot be brought there. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            writer.join(LAST_WRITE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
