package dev.mgmt.tunnel.etcd;

import java.time.Duration;

/** The time the store lives by; a test moves it by hand. */
interface Timing extends AutoCloseable {
    /** Since some fixed moment; never goes back. */
    Duration now();

    /**
     * Runs the task once, later, on a thread of its own; not after {@link #close()}.
     *
     * @return forgets the task if it has not run yet
     */
    Runnable after(Duration delay, Runnable task);

    @Override
    void close();
}
