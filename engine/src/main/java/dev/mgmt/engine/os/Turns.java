package dev.mgmt.engine.os;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One at a time per path: resources that each keep a part of the same file read it, change their
 * part and write it whole, and would otherwise undo what the other has just done. Against other
 * programs there is the watch, and the next check.
 */
public final class Turns {
    private final Map<Path, Thread> taken = new HashMap<>();

    /** A turn that lasts until closed. */
    public final class Turn implements AutoCloseable {
        private final Path path;

        private Turn(Path path) {
            this.path = path;
        }

        @Override
        public void close() {
            synchronized (Turns.this) {
                taken.remove(path);
                Turns.this.notifyAll();
            }
        }
    }

    /** Waits for its turn; not to be taken twice by one thread. */
    public synchronized Turn take(Path path) throws InterruptedException {
        while (taken.putIfAbsent(path, Thread.currentThread()) != null) {
            wait();
        }
        return new Turn(path);
    }
}
