package dev.mgmt.tunnel.etcd;

import dev.mgmt.tunnel.etcd.Revisions.Commit;
import dev.mgmt.tunnel.etcd.StoreAccess.Change;
import dev.mgmt.tunnel.etcd.StoreAccess.Listener;
import dev.mgmt.tunnel.etcd.Watchers.Rest;
import dev.mgmt.tunnel.etcd.Watchers.Taken;
import dev.mgmt.tunnel.etcd.Watchers.Watcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One watch of the store's owner, in this process. The pump owns its state. */
final class Following implements AutoCloseable {
    private final EmbeddedStore store;
    private final String prefix;
    private final Listener listener;
    private final Pump pump = new Pump("store-following", this::deliver);
    private volatile @Nullable Watcher watcher;
    private volatile boolean closed;

    Following(EmbeddedStore store, String prefix, long from, Listener listener) {
        this.store = store;
        this.prefix = prefix;
        this.listener = listener;
        watcher = begin(from);
        pump.signal();
    }

    private Watcher begin(long from) {
        return store.addWatcher(
                KeyRange.startingWith(prefix),
                EnumSet.allOf(Watchers.Kind.class),
                from,
                pump::signal);
    }

    private void deliver() {
        var current = watcher;
        while (current != null && !closed) {
            switch (store.take(current)) {
                case Taken.News news -> {
                    news.commits().forEach(this::tell);
                    if (news.rest() == Rest.NOTHING) {
                        return;
                    }
                }
                case Taken.Lost _ -> {
                    current = catchUp();
                    watcher = current;
                }
            }
        }
    }

    private Watcher catchUp() {
        var now = store.read(prefix);
        Map<Long, List<Change>> byRevision = new TreeMap<>();
        for (var entry : now.entries()) {
            byRevision
                    .computeIfAbsent(entry.revision(), _ -> new ArrayList<>())
                    .add(new Change(entry.key(), Optional.of(entry.value()), entry.revision()));
        }
        byRevision.forEach(listener::changed);
        return begin(now.revision() + 1);
    }

    private void tell(Commit commit) {
        listener.changed(
                commit.revision(),
                commit.changes().stream()
                        .map(
                                change ->
                                        new Change(
                                                change.after().getKey().toStringUtf8(),
                                                change.isDeletion()
                                                        ? Optional.empty()
                                                        : Optional.of(
                                                                change.after()
                                                                        .getValue()
                                                                        .toStringUtf8()),
                                                commit.revision()))
                        .toList());
    }

    @Override
    public void close() {
        closed = true;
        var current = watcher;
        if (current != null) {
            store.removeWatcher(current);
        }
    }
}
