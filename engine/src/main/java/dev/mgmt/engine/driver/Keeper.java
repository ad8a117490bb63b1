package dev.mgmt.engine.driver;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one vertex true for as long as it is in the graph, and remembers what saves work (a file's
 * stamp, that a command has run). {@link #run} is never called by two threads at once; watches may
 * report at any time.
 */
public interface Keeper {
    /**
     * Checks, and applies if asked to. May block. Interrupting the thread makes it stop what it
     * does, leave nothing half-made behind and throw.
     *
     * @throws IOException where the check or the apply failed and the exception's message says why
     */
    Outcome run(Attempt attempt) throws IOException, InterruptedException;

    /**
     * Whether {@link #run} and {@link #watch} neither block nor take long nor throw: then no thread
     * is begun for them.
     */
    default boolean isInstant() {
        return false;
    }

    /**
     * What others can receive of it, by the names its kind gives; asked after a run that left it
     * good. Secrets may be among it: it is never shown.
     */
    default Map<String, String> outputs() {
        return Map.of();
    }

    /**
     * What its last run that went well has written to the shared store for others to read, if
     * anything: those who read it here too have not taken it in before it has come back to them.
     */
    default Optional<StoreWrite> lastWrite() {
        return Optional.empty();
    }

    /**
     * Watches the vertex' part of the world. When this returns, no later change goes unnoticed.
     *
     * @throws IOException where the watch cannot be made; the message says why
     */
    Watch watch(WatchListener listener) throws IOException, InterruptedException;

    /**
     * @param revision of the store at which it was written
     */
    record StoreWrite(String key, long revision) {}

    /** A watch that goes on until closed. */
    interface Watch {
        /** For what needs none. */
        Watch NONE = () -> {};

        void close();
    }

    /** Hears from a watch; called from any thread, and must not block. */
    interface WatchListener {
        void changed();

        /** The watch is over although nobody closed it. */
        void ended(String reason);
    }
}
