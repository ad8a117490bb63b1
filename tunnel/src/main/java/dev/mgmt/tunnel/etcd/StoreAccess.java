package dev.mgmt.tunnel.etcd;

import java.util.List;

/**
 * The store as its owner uses it, in this process, without a protocol in between. Values are UTF-8.
 */
public interface StoreAccess {
    /** All entries below a prefix, and the revision at which that was true. */
    Stored read(String prefix);

    /** Writes and deletes all of it in one revision, which is returned. */
    long write(List<Put> changes);

    /** Changes below a prefix from a revision on, each revision's in one call, from one thread. */
    AutoCloseable watch(String prefix, long from, Listener listener);

    record Entry(String key, String value, long revision) {}

    record Stored(long revision, List<Entry> entries) {
        public Stored {
            entries = List.copyOf(entries);
        }
    }

    /**
     * @param value empty: delete the key
     */
    record Put(String key, java.util.Optional<String> value) {}

    /**
     * @param value empty: the key was deleted, or its lease ended
     */
    record Change(String key, java.util.Optional<String> value, long revision) {}

    interface Listener {
        void changed(long revision, List<Change> changes);
    }
}
