package dev.mgmt.tunnel.health;

import java.time.Duration;

/**
 * The time a peer has left. It stands still while a human is asked something: nobody loses a host
 * for typing slowly. Safe for many threads.
 */
public final class Countdown {
    private long left;
    private long since;
    private int pauses;

    /** Starts anew. */
    public synchronized void restart(Duration time) {
        left = time.toNanos();
        since = System.nanoTime();
    }

    public synchronized Duration left() {
        return Duration.ofNanos(pauses > 0 ? left : left - (System.nanoTime() - since));
    }

    public synchronized boolean isOver() {
        return pauses == 0 && left - (System.nanoTime() - since) <= 0;
    }

    /** What is waited for while the clock stands still. */
    public interface Answer<T, E extends Exception> {
        T await() throws E;
    }

    public <T, E extends Exception> T pausedFor(Answer<T, E> answer) throws E {
        pause();
        try {
            return answer.await();
        } finally {
            resume();
        }
    }

    private synchronized void pause() {
        if (pauses++ == 0) {
            left -= System.nanoTime() - since;
        }
    }

    private synchronized void resume() {
        if (--pauses == 0) {
            since = System.nanoTime();
        }
    }
}
