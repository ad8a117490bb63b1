package dev.mgmt.tunnel.etcd;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one task on a virtual thread whenever it was asked to, never twice at the same time: signals
 * that arrive while it runs make it run once more. Signalling never blocks. The task must not
 * throw.
 */
final class Pump {
    private final Thread.Builder.OfVirtual threads;
    private final Runnable task;
    private final AtomicInteger signals = new AtomicInteger();

    Pump(String name, Runnable task) {
        this.threads = Thread.ofVirtual().name(name);
        this.task = task;
    }

    void signal() {
        if (signals.getAndIncrement() == 0) {
            var _ = threads.start(this::run);
        }
    }

    private void run() {
        int seen;
        do {
            seen = signals.get();
            task.run();
        } while (signals.addAndGet(-seen) > 0);
    }
}
