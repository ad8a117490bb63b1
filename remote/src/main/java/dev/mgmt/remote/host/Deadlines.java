package dev.mgmt.remote.host;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what takes too long. Blocking reads of a tunnel know no time-out of their own: closing what
 * they read from is what wakes them. Owns one thread, until closed.
 */
public final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("deadlines").factory());

    public Deadlines() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Runs {@code whenPassed} once, unless closed or put off before.
     *
     * @param whenPassed must not block for long
     */
    public Deadline after(Duration time, Runnable whenPassed) {
        return new Deadline(time, whenPassed);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One point in time that may be put off. */
    public final class Deadline implements AutoCloseable {
        private final Duration time;
        private final Runnable whenPassed;
        private final AtomicBoolean passed = new AtomicBoolean();
        private ScheduledFuture<?> pending;

        private Deadline(Duration time, Runnable whenPassed) {
            this.time = time;
            this.whenPassed = whenPassed;
            this.pending = schedule();
        }

        /** Counts from now again. */
        public synchronized void restart() {
            pending.cancel(false);
            pending = schedule();
        }

        public boolean hasPassed() {
            return passed.get();
        }

        @Override
        public synchronized void close() {
            pending.cancel(false);
        }

        private ScheduledFuture<?> schedule() {
            return clock.schedule(this::pass, time.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void pass() {
            if (passed.compareAndSet(false, true)) {
                whenPassed.run();
            }
        }
    }
}
