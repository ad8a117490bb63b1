package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import org.jspecify.annotations.Nullable;

/** One watch: asked for, then confirmed with an id or refused, at last closed. */
final class Watch {
    private final String prefix;
    private final World.Listener listener;
    private @Nullable Long id;
    private @Nullable WorldException refusal;
    private boolean closed;

    Watch(String prefix, World.Listener listener) {
        this.prefix = prefix;
        this.listener = listener;
    }

    /** What messages about it begin with. */
    String act() {
        return "watching " + prefix;
    }

    /** Blocks until the store has answered. */
    synchronized void awaitAnswer() throws WorldException, InterruptedException {
        while (id == null && refusal == null) {
            wait();
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    synchronized void confirm(long given) {
        id = given;
        notifyAll();
    }

    synchronized void refuse(WorldException cause) {
        refusal = cause;
        closed = true;
        notifyAll();
    }

    /** Null before it is confirmed. */
    synchronized @Nullable Long id() {
        return id;
    }

    /** Whether it was open until now. */
    synchronized boolean close() {
        boolean open = !closed;
        closed = true;
        return open;
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    /** A call that has begun when the watch is closed still comes to its end. */
    void tell(WatchNews news) {
        for (WatchNews.Batch batch : news.batches()) {
            if (isOpen()) {
                listener.changed(batch.revision(), batch.changes());
            }
        }
    }

    void end(WorldException cause) {
        if (close()) {
            listener.ended(cause);
        }
    }
}
