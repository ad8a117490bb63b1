package dev.mgmt.tunnel.etcd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when a test says so; what is due then runs in the test's thread. */
final class ManualTiming implements Timing {
    private record Task(Duration at, Runnable work) {}

    private final List<Task> tasks = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public synchronized Duration now() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        var waiting = new Task(now.plus(delay), task);
        tasks.add(waiting);
        return () -> remove(waiting);
    }

    void pass(Duration time) {
        var end = now().plus(time);
        for (var next = due(end); next.isPresent(); next = due(end)) {
            next.get().work().run();
        }
        setNow(end);
    }

    /** The next task that is due by then; it is so late now. */
    private synchronized Optional<Task> due(Duration end) {
        var next =
                tasks.stream()
                        .filter(task -> task.at().compareTo(end) <= 0)
                        .min(Comparator.comparing(Task::at));
        next.ifPresent(
                task -> {
                    tasks.remove(task);
                    now = task.at().compareTo(now) > 0 ? task.at() : now;
                });
        return next;
    }

    private synchronized void setNow(Duration time) {
        now = time;
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    /** Time passes while nothing can run; what became due meanwhile runs at its end. */
    void sleep(Duration time) {
        setNow(now().plus(time));
        pass(Duration.ZERO);
    }

    /** How many tasks wait. */
    synchronized int waiting() {
        return tasks.size();
    }

    @Override
    public synchronized void close() {
        tasks.clear();
    }
}
