package dev.mgmt.engine.world;

import java.time.Duration;
import java.util.List;

/**
 * The store that hosts share. Keys are UTF-8 paths below {@code /_mgmt/}; every write has a
 * store-wide revision, and revisions grow by one per committed transaction. Calls block the
 * (virtual) thread that makes them and throw {@link WorldException} when the store cannot be
 * reached or refuses; they are interruptible.
 */
public interface World extends AutoCloseable {
    /**
     * The entries below a folder, or one entry, and the revision at which that was true.
     *
     * @param prefix ends in {@code /}: every key below it; empty: every key; otherwise this one key
     */
    Snapshot read(String prefix) throws WorldException, InterruptedException;

    /** Does all of it or nothing. Tells whether its conditions held, and at which revision. */
    Commit commit(Transaction transaction) throws WorldException, InterruptedException;

    /**
     * Every change below {@code prefix} (as in {@link #read}) from revision {@code from} on, in
     * order, each revision's changes in one call. The listener is called from one thread; it must
     * not block for long. If the watch ends by itself, {@link Listener#ended} is called once.
     *
     * @param from 0: only what comes after the watch has begun
     */
    Subscription watch(String prefix, long from, Listener listener)
            throws WorldException, InterruptedException;

    /** A lease that is kept alive until closed; keys put with it vanish when it ends. */
    Lease lease(Duration ttl) throws WorldException, InterruptedException;

    @Override
    void close();

    /** One key with its value and the revision of its last change. */
    record Entry(String key, String value, long revision) {}

    record Snapshot(long revision, List<Entry> entries) {
        public Snapshot {
            entries = List.copyOf(entries);
        }
    }

    sealed interface Change {
        String key();

        record Put(Entry entry) implements Change {
            @Override
            public String key() {
                return entry.key();
            }
        }

        record Deleted(String key) implements Change {}
    }

    sealed interface Write {
        String key();

        /**
         * @param lease the lease's id, or 0 for none
         */
        record Put(String key, String value, long lease) implements Write {}

        record Delete(String key) implements Write {}
    }

    /**
     * Holds if the key's last change was at this revision; revision 0 means: there is no such key.
     */
    record Condition(String key, long revision) {}

    record Transaction(List<Condition> conditions, List<Write> writes) {
        public Transaction {
            conditions = List.copyOf(conditions);
            writes = List.copyOf(writes);
        }

        public static Transaction of(Write... writes) {
            return new Transaction(List.of(), List.of(writes));
        }
    }

    record Commit(boolean applied, long revision) {}

    interface Listener {
        void changed(long revision, List<Change> changes);

        void ended(WorldException cause);
    }

    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    interface Lease extends AutoCloseable {
        long id();

        @Override
        void close();
    }
}
