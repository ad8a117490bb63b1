package dev.mgmt.tunnel.etcd;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's monotonic clock. Its thread exists from the first task on. */
final class SystemTiming implements Timing {
    private final ScheduledThreadPoolExecutor scheduler;

    SystemTiming() {
        scheduler =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("store-time").factory());
        scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        var waiting = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
