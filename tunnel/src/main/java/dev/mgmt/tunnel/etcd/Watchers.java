package dev.mgmt.tunnel.etcd;

import dev.mgmt.tunnel.etcd.Revisions.Change;
import dev.mgmt.tunnel.etcd.Revisions.Commit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who follows which keys, and how far each has come. The log of revisions is the only queue: a
 * writer marks the watchers it concerns as due and goes on; a watcher takes what it has not seen in
 * its own time. Not safe for use by several threads: {@link EmbeddedStore} owns it.
 *
 * <p>What must hold: a watcher that is not due has seen everything up to the current revision.
 */
final class Watchers {
    /** Looked at in one go, so that a long history holds up nobody else. */
    private static final int REVISIONS_AT_ONCE = 1000;

    private static final long BYTES_AT_ONCE = 1 << 20;

    private final Revisions revisions;
    private final Set<Watcher> watchers = new LinkedHashSet<>();

    Watchers(Revisions revisions) {
        this.revisions = revisions;
    }

    enum Kind {
        PUTS,
        DELETIONS
    }

    static final class Watcher {
        private final KeyRange range;
        private final Set<Kind> kinds;
        private final Runnable onDue;
        private long next;
        private boolean due;

        /**
         * @param onDue called with the store locked: may not block, nor call the store
         */
        private Watcher(KeyRange range, Set<Kind> kinds, long next, Runnable onDue) {
            this.range = range;
            this.kinds = Set.copyOf(kinds);
            this.next = next;
            this.onDue = onDue;
        }

        private boolean wants(Change change) {
            return kinds.contains(change.isDeletion() ? Kind.DELETIONS : Kind.PUTS)
                    && range.contains(change.after().getKey());
        }

        private List<Change> wanted(Commit commit) {
            return commit.changes().stream().filter(this::wants).toList();
        }

        private void becomeDue() {
            if (!due) {
                due = true;
                onDue.run();
            }
        }
    }

    sealed interface Taken {
        /**
         * @param commits may be empty, with more to be taken nevertheless
         * @param revision the store's
         * @param compacted what lies before this revision is no longer known
         */
        record News(List<Commit> commits, long revision, long compacted, Rest rest)
                implements Taken {}

        /** The watcher fell behind the history there is; it is watching no longer. */
        record Lost(long compacted) implements Taken {}
    }

    enum Rest {
        NOTHING,
        MORE
    }

    /**
     * @param from 0: from the next revision on
     */
    Watcher add(KeyRange range, Set<Kind> kinds, long from, Runnable onDue) {
        long next = from == 0 ? revisions.current() + 1 : from;
        var watcher = new Watcher(range, kinds, next, onDue);
        watchers.add(watcher);
        if (next <= revisions.current()) {
            watcher.becomeDue();
        }
        return watcher;
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    void removeAll() {
        watchers.clear();
    }

    void committed(Commit commit) {
        for (var watcher : watchers) {
            if (watcher.due || watcher.next > commit.revision()) {
                continue;
            }
            if (commit.changes().stream().anyMatch(watcher::wants)) {
                watcher.becomeDue();
            } else {
                watcher.next = commit.revision() + 1;
            }
        }
    }

    Taken take(Watcher watcher) {
        if (watcher.next < revisions.compacted()) {
            watchers.remove(watcher);
            return new Taken.Lost(revisions.compacted());
        }
        var news = new ArrayList<Commit>();
        long bytes = 0;
        long last = Math.min(revisions.current(), watcher.next + REVISIONS_AT_ONCE - 1);
        while (watcher.next <= last && bytes < BYTES_AT_ONCE) {
            var wanted = revisions.logged(watcher.next).map(watcher::wanted).orElse(List.of());
            if (!wanted.isEmpty()) {
                var commit = new Commit(watcher.next, wanted);
                news.add(commit);
                bytes += commit.bytes();
            }
            watcher.next++;
        }
        watcher.due = watcher.next <= revisions.current();
        return new Taken.News(
                news,
                revisions.current(),
                revisions.compacted(),
                watcher.due ? Rest.MORE : Rest.NOTHING);
    }
}
