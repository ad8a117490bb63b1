package dev.mgmt.engine.run;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Timers that are set, in the order in which they go off. */
final class Timers {
    private record Alarm(long due, long order, Timer timer) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            long apart = due - other.due;
            return apart != 0 ? Long.signum(apart) : Long.compare(order, other.order);
        }
    }

    private final Queue<Alarm> alarms = new PriorityQueue<>();
    private long order;

    void set(Timer timer, long now, Duration pause) {
        order++;
        alarms.add(new Alarm(now + pause.toNanos(), order, timer));
    }

    boolean none() {
        return alarms.isEmpty();
    }

    /** Nanoseconds until the next one goes off; to be asked only if there is one. */
    long untilNext(long now) {
        return alarms.element().due() - now;
    }

    /** The next one whose time has come. */
    @Nullable Timer due(long now) {
        Alarm first = alarms.peek();
        if (first == null || first.due() - now > 0) {
            return null;
        }
        alarms.remove();
        return first.timer();
    }
}
