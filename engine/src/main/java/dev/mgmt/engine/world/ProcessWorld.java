package dev.mgmt.engine.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A store in this process' memory, for programs that keep an engine without other hosts; several
 * engines of one process may share it. A lease lives until it is closed: its holder cannot be lost.
 */
public final class ProcessWorld implements World {
    /** A watch may begin so far back; nobody waits longer between a reading and its watch. */
    private static final int REMEMBERED = 1000;

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Deque<Revision> history = new ArrayDeque<>();
    private final Set<Following> followers = new HashSet<>();
    private final Map<Long, Set<String>> leases = new HashMap<>();
    private long revision = 1;
    private long lastLease;

    private record Revision(long number, List<Change> changes) {
        static final Revision END = new Revision(-1, List.of());
    }

    @Override
    public synchronized Snapshot read(String prefix) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries.tailMap(prefix, true).values()) {
            if (!covers(prefix, entry.key())) {
                break;
            }
            found.add(entry);
        }
        return new Snapshot(revision, found);
    }

    private static boolean covers(String prefix, String key) {
        boolean folder = prefix.isEmpty() || prefix.endsWith("/");
        return folder ? key.startsWith(prefix) : key.equals(prefix);
    }

    @Override
    public synchronized Commit commit(Transaction transaction) {
        for (Condition condition : transaction.conditions()) {
            Entry present = entries.get(condition.key());
            if ((present == null ? 0 : present.revision()) != condition.revision()) {
                return new Commit(false, revision);
            }
        }
        List<Change> changes = new ArrayList<>();
        transaction.writes().forEach(write -> write(write, changes));
        if (!changes.isEmpty()) {
            revision++;
            Revision made = new Revision(revision, List.copyOf(changes));
            history.add(made);
            if (history.size() > REMEMBERED) {
                history.remove();
            }
            followers.forEach(following -> following.pending.add(made));
        }
        return new Commit(true, revision);
    }

    private void write(Write write, List<Change> changes) {
        leases.values().forEach(keys -> keys.remove(write.key()));
        switch (write) {
            case Write.Put(String key, String value, long lease) -> {
                Entry entry = new Entry(key, value, revision + 1);
                entries.put(key, entry);
                if (lease != 0) {
                    leases.computeIfAbsent(lease, _ -> new HashSet<>()).add(key);
                }
                changes.add(new Change.Put(entry));
            }
            case Write.Delete(String key) -> {
                if (entries.remove(key) != null) {
                    changes.add(new Change.Deleted(key));
                }
            }
        }
    }

    @Override
    public synchronized Subscription watch(String prefix, long from, Listener listener)
            throws WorldException {
        Revision oldest = history.peek();
        if (from > 0 && oldest != null && from < oldest.number() && oldest.number() > 2) {
            throw new WorldException(
                    WorldException.Durability.PERMANENT,
                    "changes before revision " + oldest.number() + " are forgotten",
                    null);
        }
        Following following = new Following(prefix, listener);
        for (Revision made : history) {
            if (from > 0 && made.number() >= from) {
                following.pending.add(made);
            }
        }
        followers.add(following);
        return following;
    }

    @Override
    public synchronized Lease lease(Duration ttl) {
        lastLease++;
        long granted = lastLease;
        leases.put(granted, new HashSet<>());
        return new Lease() {
            @Override
            public long id() {
                return granted;
            }

            @Override
            public void close() {
                revoke(granted);
            }
        };
    }

    private synchronized void revoke(long lease) {
        Set<String> keys = leases.remove(lease);
        if (keys != null) {
            List<Write> writes = keys.stream().<Write>map(Write.Delete::new).toList();
            commit(new Transaction(List.of(), writes));
        }
    }

    /** Ends all watches; what is stored is forgotten with this object. */
    @Override
    public void close() {
        List<Following> left;
        synchronized (this) {
            left = List.copyOf(followers);
        }
        left.forEach(Following::close);
    }

    private synchronized void forget(Following following) {
        followers.remove(following);
    }

    /** One watch, with the thread that calls its listener. */
    private final class Following implements Subscription {
        private final String prefix;
        private final Listener listener;
        private final BlockingQueue<Revision> pending = new LinkedBlockingQueue<>();

        private Following(String prefix, Listener listener) {
            this.prefix = prefix;
            this.listener = listener;
            Thread.ofVirtual().name("watch of " + prefix).start(this::deliver);
        }

        @Override
        public void close() {
            forget(this);
            pending.add(Revision.END);
        }

        private void deliver() {
            try {
                for (Revision made = pending.take();
                        !made.equals(Revision.END);
                        made = pending.take()) {
                    List<Change> changes =
                            made.changes().stream()
                                    .filter(change -> covers(prefix, change.key()))
                                    .toList();
                    if (!changes.isEmpty()) {
                        listener.changed(made.number(), changes);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
