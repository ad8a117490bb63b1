package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.http2.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What has to be done from time to time: renewing leases, and noticing that the other end is gone.
 * While somebody waits for it, and only then, a silent peer is asked for a sign of life; etcd takes
 * more than one question in five seconds for an attack. The thread is there from {@link #start} on.
 */
final class Heart implements Runnable {
    /**
     * @param calm silence after which the peer is asked
     * @param worry how long it has to answer
     */
    record Patience(Duration calm, Duration worry) {
        /** Together the fifteen seconds after which a lost link has to be noticed. */
        static final Patience USUAL = new Patience(Duration.ofSeconds(6), Duration.ofSeconds(9));
    }

    private final Connection connection;
    private final KeepAlives keepAlives;
    private final long calm;
    private final long worry;

    /** The silence that was asked about began then; for the thread alone, as is what follows. */
    private long askedAbout;

    private long askedAt;
    private boolean asked;
    private boolean started;
    private boolean closed;

    Heart(Connection connection, KeepAlives keepAlives, Patience patience) {
        this.connection = connection;
        this.keepAlives = keepAlives;
        this.calm = patience.calm().toNanos();
        this.worry = patience.worry().toNanos();
    }

    /** Makes it look at what has to be done, as there may be more now. */
    synchronized void start() {
        if (started) {
            notifyAll();
        } else if (!closed) {
            started = true;
            Thread thread = new Thread(this, "store-heart");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            long now = System.nanoTime();
            while (sleep(keepAlives.renewDue(now, listen(now)) - now)) {
                now = System.nanoTime();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when to listen again. */
    private long listen(long now) {
        long heard = connection.heardAt();
        if (!connection.isAwaited()) {
            return now + calm;
        }
        if (asked && askedAbout == heard) {
            if (now - askedAt >= worry) {
                connection.abandon(
                        "the other end has been silent for "
                                + TimeUnit.NANOSECONDS.toSeconds(now - heard)
                                + " s");
            }
            return askedAt + worry;
        }
        asked = now - heard >= calm;
        if (!asked) {
            return heard + calm;
        }
        askedAbout = heard;
        askedAt = now;
        connection.ping();
        return now + worry;
    }

    /** Whether to go on. */
    private synchronized boolean sleep(long nanos) throws InterruptedException {
        if (nanos > 0 && !closed && !connection.hasEnded()) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
        return !closed && !connection.hasEnded();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
