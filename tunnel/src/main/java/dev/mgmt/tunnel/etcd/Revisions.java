package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every key with its history, and the log of what each revision changed. Not safe for use by
 * several threads: {@link EmbeddedStore} owns it.
 *
 * <p>What must hold: revisions are consecutive, so {@code log.get(i)} is revision {@code
 * firstLogged + i}; the versions of a key are in the order they were made; a version number of 0
 * marks a deletion; between two commits there are no open changes.
 *
 * <p>History is bounded: beyond {@link #MOST_REVISIONS} or {@link #MOST_BYTES} the older half is
 * compacted as a client's compaction would.
 */
final class Revisions {
    static final int MOST_REVISIONS = 10_000;
    static final long MOST_BYTES = 64L << 20;

    private final NavigableMap<ByteString, List<KeyValue>> versions = new TreeMap<>(KeyRange.ORDER);
    private final List<Commit> log = new ArrayList<>();
    private final List<Change> open = new ArrayList<>();

    /** A store without any write is at revision 1, as etcd counts. */
    private long current = 1;

    private long firstLogged = 2;
    private long compacted = -1;
    private long loggedBytes;
    private long liveBytes;

    /**
     * @param before absent: the key did not exist
     */
    record Change(KeyValue after, @Nullable KeyValue before) {
        boolean isDeletion() {
            return after.getVersion() == 0;
        }

        private long bytes() {
            return after.getSerializedSize();
        }
    }

    record Commit(long revision, List<Change> changes) {
        long bytes() {
            return changes.stream().mapToLong(Change::bytes).sum();
        }
    }

    long current() {
        return current;
    }

    /** Of the values alive at the current revision. */
    long liveBytes() {
        return liveBytes;
    }

    /** The revision below which nothing is known any more; -1 before the first compaction. */
    long compacted() {
        return compacted;
    }

    /** What reads inside the running transaction see: its own changes included. */
    long visible() {
        return open.isEmpty() ? current : current + 1;
    }

    /** Refuses revisions that are not known. */
    void requireKnown(long revision) {
        if (revision > visible()) {
            throw Refusal.FUTURE_REVISION.exception();
        }
        if (revision > 0 && revision < compacted) {
            throw Refusal.COMPACTED.exception();
        }
    }

    /**
     * In the order of keys.
     *
     * @param revision 0 or less: the newest
     */
    List<KeyValue> range(KeyRange range, long revision) {
        requireKnown(revision);
        long at = revision <= 0 ? visible() : revision;
        var found = new ArrayList<KeyValue>();
        for (var history : histories(range)) {
            version(history, at).ifPresent(found::add);
        }
        return found;
    }

    Optional<KeyValue> read(ByteString key) {
        var history = versions.get(key);
        return history == null ? Optional.empty() : version(history, visible());
    }

    private Iterable<List<KeyValue>> histories(KeyRange range) {
        if (range.isOneKey()) {
            var history = versions.get(range.key());
            return history == null ? List.of() : List.of(history);
        }
        if (range.hasNoEnd()) {
            return versions.tailMap(range.key()).values();
        }
        return KeyRange.ORDER.compare(range.key(), range.end()) >= 0
                ? List.of()
                : versions.subMap(range.key(), range.end()).values();
    }

    /** Newest first: reads of the present are the rule. */
    private static Optional<KeyValue> version(List<KeyValue> history, long revision) {
        for (int i = history.size() - 1; i >= 0; i--) {
            var version = history.get(i);
            if (version.getModRevision() <= revision) {
                return version.getVersion() == 0 ? Optional.empty() : Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Part of the running transaction. */
    void put(ByteString key, ByteString value, long lease) {
        var before = read(key);
        var after =
                KeyValue.newBuilder()
                        .setKey(key)
                        .setValue(value)
                        .setLease(lease)
                        .setModRevision(current + 1)
                        .setCreateRevision(
                                before.map(KeyValue::getCreateRevision).orElse(current + 1))
                        .setVersion(before.map(KeyValue::getVersion).orElse(0L) + 1)
                        .build();
        add(after, before.orElse(null));
    }

    /** Part of the running transaction; answers what was there. */
    List<KeyValue> delete(KeyRange range) {
        var doomed = range(range, 0);
        for (var before : doomed) {
            var after =
                    KeyValue.newBuilder()
                            .setKey(before.getKey())
                            .setModRevision(current + 1)
                            .build();
            add(after, before);
        }
        return doomed;
    }

    private void add(KeyValue after, @Nullable KeyValue before) {
        versions.computeIfAbsent(after.getKey(), _ -> new ArrayList<>(1)).add(after);
        open.add(new Change(after, before));
    }

    /** Ends the running transaction. Without a change there is no new revision. */
    Optional<Commit> commit() {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var commit = new Commit(++current, List.copyOf(open));
        open.clear();
        log.add(commit);
        loggedBytes += commit.bytes();
        for (var change : commit.changes()) {
            liveBytes += change.isDeletion() ? 0 : change.bytes();
            liveBytes -= change.before() == null ? 0 : change.before().getSerializedSize();
        }
        keepHistoryBounded();
        return Optional.of(commit);
    }

    private void keepHistoryBounded() {
        if (log.size() > MOST_REVISIONS) {
            forgetBefore(current - MOST_REVISIONS / 2);
        }
        if (loggedBytes > MOST_BYTES && log.size() > 1) {
            long kept = 0;
            int oldest = log.size() - 1;
            while (oldest > 0 && kept < MOST_BYTES / 2) {
                kept += log.get(oldest).bytes();
                oldest--;
            }
            forgetBefore(log.get(oldest + 1).revision());
        }
    }

    /** What changed in this revision, if it is still known. */
    Optional<Commit> logged(long revision) {
        long index = revision - firstLogged;
        return index < 0 || index >= log.size()
                ? Optional.empty()
                : Optional.of(log.get((int) index));
    }

    /** A client's compaction: nothing before this revision can be read or watched any more. */
    void compact(long revision) {
        if (revision <= compacted) {
            throw Refusal.COMPACTED.exception();
        }
        if (revision > current) {
            throw Refusal.FUTURE_REVISION.exception();
        }
        forgetBefore(revision);
    }

    /**
     * Only keys that changed before the revision can have versions to forget. The revision itself
     * stays in the log: a watch may start from it.
     */
    private void forgetBefore(long revision) {
        compacted = revision;
        int count = Math.clamp(revision - firstLogged, 0, log.size());
        var forgotten = log.subList(0, count);
        for (var commit : forgotten) {
            loggedBytes -= commit.bytes();
            commit.changes().forEach(change -> trim(change.after().getKey(), revision));
        }
        forgotten.clear();
        firstLogged += count;
        logged(revision)
                .ifPresent(kept -> kept.changes().forEach(c -> trim(c.after().getKey(), revision)));
    }

    private void trim(ByteString key, long revision) {
        var history = versions.get(key);
        if (history == null) {
            return;
        }
        int newest = -1;
        while (newest + 1 < history.size()
                && history.get(newest + 1).getModRevision() <= revision) {
            newest++;
        }
        if (newest >= 0) {
            boolean gone = history.get(newest).getVersion() == 0;
            history.subList(0, gone ? newest + 1 : newest).clear();
        }
        if (history.isEmpty()) {
            versions.remove(key);
        }
    }
}
