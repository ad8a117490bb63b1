package dev.mgmt.engine.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A store in memory that several engines of one process share: {@link #connect} gives each its own
 * connection. Keeps its whole history, so that a watch may begin at any revision.
 */
public final class MemoryWorld {
    private final TreeMap<String, World.Entry> entries = new TreeMap<>();
    private final List<Revision> history = new ArrayList<>();
    private final Set<Following> followers = new HashSet<>();
    private final Map<Long, Set<String>> leases = new HashMap<>();
    private long revision = 1;
    private long lastLease;
    private int failures;

    private record Revision(long number, List<World.Change> changes) {}

    /** A connection of its own; closing it leaves the store to the others. */
    public World connect() {
        return new Connection();
    }

    /** The next calls, of whomever, fail as if the store were out of reach. */
    public synchronized void failNext(int calls) {
        failures = calls;
    }

    /** Ends all watches as a lost connection would. */
    public void breakWatches() {
        List<Following> broken;
        synchronized (this) {
            broken = List.copyOf(followers);
        }
        for (Following following : broken) {
            following.end();
        }
    }

    public synchronized Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        entries.forEach((key, entry) -> contents.put(key, entry.value()));
        return contents;
    }

    public synchronized long revision() {
        return revision;
    }

    /** Watches that are open. */
    public synchronized int watches() {
        return followers.size();
    }

    private synchronized void answer() throws WorldException {
        if (failures > 0) {
            failures--;
            throw new WorldException(
                    WorldException.Durability.TRANSIENT, "the store is out of reach", null);
        }
    }

    private synchronized World.Snapshot read(String prefix) {
        List<World.Entry> found = new ArrayList<>();
        for (World.Entry entry : entries.tailMap(prefix, true).values()) {
            if (!entry.key().startsWith(prefix)) {
                break;
            }
            found.add(entry);
        }
        return new World.Snapshot(revision, found);
    }

    private synchronized World.Commit commit(World.Transaction transaction) {
        for (World.Condition condition : transaction.conditions()) {
            World.Entry present = entries.get(condition.key());
            if ((present == null ? 0 : present.revision()) != condition.revision()) {
                return new World.Commit(false, revision);
            }
        }
        List<World.Change> changes = new ArrayList<>();
        for (World.Write write : transaction.writes()) {
            write(write, changes);
        }
        if (!changes.isEmpty()) {
            revision++;
            Revision made = new Revision(revision, List.copyOf(changes));
            history.add(made);
            for (Following following : followers) {
                following.offer(made);
            }
        }
        return new World.Commit(true, revision);
    }

    private void write(World.Write write, List<World.Change> changes) {
        switch (write) {
            case World.Write.Put(String key, String value, long lease) -> {
                World.Entry entry = new World.Entry(key, value, revision + 1);
                entries.put(key, entry);
                leases.values().forEach(keys -> keys.remove(key));
                if (lease != 0) {
                    leases.computeIfAbsent(lease, _ -> new HashSet<>()).add(key);
                }
                changes.add(new World.Change.Put(entry));
            }
            case World.Write.Delete(String key) -> {
                if (entries.remove(key) != null) {
                    changes.add(new World.Change.Deleted(key));
                }
            }
        }
    }

    private synchronized void follow(Following following, long from) {
        for (Revision made : history) {
            if (from > 0 && made.number() >= from) {
                following.offer(made);
            }
        }
        followers.add(following);
    }

    private synchronized void forget(Following following) {
        followers.remove(following);
    }

    private synchronized long grant() {
        lastLease++;
        leases.put(lastLease, new HashSet<>());
        return lastLease;
    }

    private synchronized void revoke(long lease) {
        Set<String> keys = leases.remove(lease);
        if (keys != null) {
            List<World.Write> writes = new ArrayList<>();
            keys.forEach(key -> writes.add(new World.Write.Delete(key)));
            commit(new World.Transaction(List.of(), writes));
        }
    }

    private final class Connection implements World {
        private final Set<Subscription> open = new HashSet<>();

        @Override
        public Snapshot read(String prefix) throws WorldException {
            answer();
            return MemoryWorld.this.read(prefix);
        }

        @Override
        public Commit commit(Transaction transaction) throws WorldException {
            answer();
            return MemoryWorld.this.commit(transaction);
        }

        @Override
        public Subscription watch(String prefix, long from, Listener listener)
                throws WorldException {
            answer();
            Following following = new Following(prefix, listener);
            follow(following, from);
            synchronized (open) {
                open.add(following);
            }
            return following;
        }

        @Override
        public Lease lease(Duration ttl) throws WorldException {
            answer();
            long granted = grant();
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

        @Override
        public void close() {
            List<Subscription> left;
            synchronized (open) {
                left = List.copyOf(open);
            }
            left.forEach(Subscription::close);
        }
    }

    /** One watch, with the thread that calls its listener. */
    private final class Following implements World.Subscription {
        private static final Revision END = new Revision(-1, List.of());
        private static final Revision BREAK = new Revision(-2, List.of());

        private final String prefix;
        private final World.Listener listener;
        private final BlockingQueue<Revision> pending = new LinkedBlockingQueue<>();

        private Following(String prefix, World.Listener listener) {
            this.prefix = prefix;
            this.listener = listener;
            Thread.ofVirtual().name("watch of " + prefix).start(this::deliver);
        }

        private void offer(Revision made) {
            pending.add(made);
        }

        private void end() {
            forget(this);
            pending.add(BREAK);
        }

        @Override
        public void close() {
            forget(this);
            pending.add(END);
        }

        private void deliver() {
            try {
                for (Revision made = pending.take();
                        made.number() != END.number();
                        made = pending.take()) {
                    if (made.number() == BREAK.number()) {
                        listener.ended(
                                new WorldException(
                                        WorldException.Durability.TRANSIENT,
                                        "the watch was lost",
                                        null));
                        return;
                    }
                    List<World.Change> changes = new ArrayList<>(made.changes());
                    changes.removeIf(change -> !change.key().startsWith(prefix));
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
