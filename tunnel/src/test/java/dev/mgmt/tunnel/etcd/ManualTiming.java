package dev.mgmt.tunnel.etcd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when a test says so; what is due then runs in the test's thread. */
final class ManualTiming implements Timing {
    private record Task(Duration at, Runnable work) {}

    private final List<Task> tasks = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        var waiting = new Task(now.plus(delay), task);
        tasks.add(waiting);
        return () -> tasks.remove(waiting);
    }

    void pass(Duration time) {
        var end = now.plus(time);
        while (true) {
            var next =
                    tasks.stream()
                            .filter(task -> task.at().compareTo(end) <= 0)
                            .min(Comparator.comparing(Task::at));
            if (next.isEmpty()) {
                break;
            }
            tasks.remove(next.get());
            now = next.get().at().compareTo(now) > 0 ? next.get().at() : now;
            next.get().work().run();
        }
        now = end;
    }

    /** Time passes while nothing can run; what became due meanwhile runs at its end. */
    void sleep(Duration time) {
        now = now.plus(time);
        pass(Duration.ZERO);
    }

    /** How many tasks wait. */
    int waiting() {
        return tasks.size();
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
