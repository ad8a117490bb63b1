package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.http2.Connection;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing after the other on a thread that is not the connection's reader, so that it may
 * block and make calls. The thread is there from the first thing on.
 *
 * <p>If one of them fails, that is a bug of whoever listens: the connection is given up, rather
 * than leave watches that never say anything again.
 */
final class Deliveries implements Runnable {
    interface Delivery {
        void deliver();
    }

    private final Connection connection;
    private final Queue<Delivery> queue = new ArrayDeque<>();
    private boolean started;
    private boolean closed;

    Deliveries(Connection connection) {
        this.connection = connection;
    }

    synchronized void add(Delivery delivery) {
        if (closed) {
            return;
        }
        queue.add(delivery);
        if (started) {
            notifyAll();
        } else {
            started = true;
            Thread thread = new Thread(this, "store-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        boolean whole = false;
        try {
            Delivery delivery = next();
            while (delivery != null) {
                delivery.deliver();
                delivery = next();
            }
            whole = true;
        } finally {
            if (!whole) {
                close();
                connection.abandon("a listener failed");
            }
        }
    }

    private synchronized @Nullable Delivery next() {
        try {
            while (queue.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException _) {
            closed = true;
        }
        return closed ? null : queue.remove();
    }

    /** Nothing is begun any more. Does not wait for what has begun. */
    synchronized void close() {
        closed = true;
        queue.clear();
        notifyAll();
    }
}
