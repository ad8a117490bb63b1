package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import dev.mgmt.tunnel.etcd.Revisions.Commit;
import dev.mgmt.tunnel.etcd.Watchers.Taken;
import dev.mgmt.tunnel.etcd.Watchers.Watcher;
import io.etcd.jetcd.api.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * etcd's key space in memory, for as long as this object lives: every key with its revisions,
 * leases and watchers.
 *
 * <p>One lock guards all of it and is held only for work in memory: no call ever waits for a
 * visitor. Readers therefore see whole transactions only, and revisions are handed out in the order
 * of commits.
 */
public final class EmbeddedStore implements StoreAccess, AutoCloseable {
    /** Who looks so much too late for expired leases has been asleep. */
    private static final Duration ASLEEP = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Revisions revisions = new Revisions();
    private final Leases leases = new Leases();
    private final Watchers watchers = new Watchers(revisions);
    private final Execution execution = new Execution(revisions, leases);
    private final List<Consumer<Commit>> observers = new ArrayList<>();
    private final List<Consumer<Long>> leaseObservers = new ArrayList<>();
    private final Timing timing;
    private final RandomGenerator random;

    /** When expired leases are looked for next, if ever. */
    private @Nullable Duration wakeUp;

    private boolean closed;

    public EmbeddedStore() {
        this(new SystemTiming(), RandomGenerator.of("L64X128MixRandom"));
    }

    EmbeddedStore(Timing timing, RandomGenerator random) {
        this.timing = timing;
        this.random = random;
    }

    @Override
    public Stored read(String prefix) {
        return locked(
                () ->
                        new Stored(
                                revisions.current(),
                                revisions.range(KeyRange.startingWith(prefix), 0).stream()
                                        .map(EmbeddedStore::entry)
                                        .toList()));
    }

    private static Entry entry(KeyValue stored) {
        return new Entry(
                stored.getKey().toStringUtf8(),
                stored.getValue().toStringUtf8(),
                stored.getModRevision());
    }

    @Override
    public long write(List<Put> changes) {
        return locked(
                () -> {
                    for (var change : changes) {
                        var key = utf8(change.key());
                        change.value()
                                .ifPresentOrElse(
                                        value -> revisions.put(key, utf8(value), 0),
                                        () -> revisions.delete(KeyRange.of(key)));
                    }
                    commit();
                    return revisions.current();
                });
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFrom(text, StandardCharsets.UTF_8);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A listener that falls further behind than the history reaches (see {@link Revisions}) is
     * told the present state of every key once more, as changes of their own revisions; what was
     * deleted meanwhile it is not told.
     */
    @Override
    public AutoCloseable watch(String prefix, long from, Listener listener) {
        return new Following(this, prefix, from, listener);
    }

    /** Ends leases' expiry and every watch. What is stored can still be read. */
    @Override
    public void close() {
        locked(
                () -> {
                    closed = true;
                    watchers.removeAll();
                    return closed;
                });
        timing.close();
    }

    /**
     * Everything that has to be seen or done as one. The work commits at most once; what it changed
     * is seen by watchers when it is done.
     */
    <T> T execute(BiFunction<Execution, Leases, T> work) {
        return locked(
                () -> {
                    T answer = work.apply(execution, leases);
                    commit();
                    return answer;
                });
    }

    long revision() {
        return locked(revisions::current);
    }

    long liveBytes() {
        return locked(revisions::liveBytes);
    }

    void compact(long revision) {
        locked(
                () -> {
                    revisions.compact(revision);
                    return revision;
                });
    }

    /** Called at every commit, with the store locked. */
    void observe(Consumer<Commit> commits, Consumer<Long> endedLeases) {
        locked(() -> observers.add(commits) && leaseObservers.add(endedLeases));
    }

    Watcher addWatcher(KeyRange range, Set<Watchers.Kind> kinds, long from, Runnable onDue) {
        return locked(() -> watchers.add(range, kinds, from, onDue));
    }

    void removeWatcher(Watcher watcher) {
        locked(
                () -> {
                    watchers.remove(watcher);
                    return watcher;
                });
    }

    Taken take(Watcher watcher) {
        return locked(() -> watchers.take(watcher));
    }

    Timing timing() {
        return timing;
    }

    /**
     * @param id 0: one is chosen
     */
    Leases.Lease grant(long id, long seconds) {
        return locked(
                () -> {
                    var lease = leases.grant(id == 0 ? freeLeaseId() : id, seconds, timing.now());
                    scheduleExpiry();
                    return lease;
                });
    }

    private long freeLeaseId() {
        return random.longs(1, Long.MAX_VALUE)
                .filter(id -> !leases.exists(id))
                .findFirst()
                .orElseThrow();
    }

    void revoke(long id) {
        locked(
                () -> {
                    end(leases.require(id));
                    return id;
                });
    }

    /** All its keys go in one revision. */
    private void end(Leases.Lease lease) {
        lease.keys().forEach(key -> revisions.delete(KeyRange.of(key)));
        leases.remove(lease.id());
        commit();
        leaseObservers.forEach(observer -> observer.accept(lease.id()));
    }

    /** Nothing is scheduled while there is no lease; only the earliest expiry counts. */
    private void scheduleExpiry() {
        var next = leases.nextExpiry();
        if (next.isEmpty() || closed) {
            return;
        }
        var at = next.get();
        if (wakeUp == null || at.compareTo(wakeUp) < 0) {
            wakeUp = at;
            timing.after(at.minus(timing.now()), () -> expire(at));
        }
    }

    private void expire(Duration at) {
        locked(
                () -> {
                    if (!at.equals(wakeUp)) {
                        return false; // An earlier one took this one's place.
                    }
                    wakeUp = null;
                    if (timing.now().minus(at).compareTo(ASLEEP) > 0) {
                        // Nobody could renew anything while this machine slept, or was stopped.
                        leases.renewAll(timing.now());
                    }
                    leases.expired(timing.now())
                            .forEach(id -> leases.find(id).ifPresent(this::end));
                    scheduleExpiry();
                    return true;
                });
    }

    private void commit() {
        Optional<Commit> commit = revisions.commit();
        commit.ifPresent(
                done -> {
                    done.changes().forEach(leases::follow);
                    watchers.committed(done);
                    observers.forEach(observer -> observer.accept(done));
                });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
