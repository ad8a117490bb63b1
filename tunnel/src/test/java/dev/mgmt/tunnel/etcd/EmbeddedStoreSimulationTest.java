package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mgmt.tunnel.etcd.Watchers.Kind;
import dev.mgmt.tunnel.etcd.Watchers.Rest;
import dev.mgmt.tunnel.etcd.Watchers.Taken;
import dev.mgmt.tunnel.etcd.Watchers.Watcher;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations against the store and against the simplest model there is: a full copy of the
 * keys for every revision. After each step every known revision has to read the same, and every
 * watcher has to have heard exactly how one copy became the next.
 */
class EmbeddedStoreSimulationTest {
    private static final int STEPS = 400;
    private static final List<String> KEYS = List.of("a", "b", "ba", "bb", "c", "ca", "d");

    private final ManualTiming timing = new ManualTiming();
    private final EmbeddedStore store = new EmbeddedStore(timing, new SplittableRandom(1));
    private final List<SortedMap<String, KeyValue>> copies = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private final SortedMap<Long, Duration> leases = new TreeMap<>();
    private int compacted;

    private record Follower(
            String from, String end, Watcher watcher, List<String> heard, int start) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void storeAndModelNeverDiffer(long seed) {
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        copies.add(new TreeMap<>()); // revision 0, which never is
        copies.add(new TreeMap<>());
        for (int step = 0; step < STEPS; step++) {
            act(random);
            checkReads(random);
            followers.forEach(this::listen);
        }
        followers.forEach(this::checkHeard);
    }

    private void act(SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> write(List.of(put(random)));
            case 4, 5 -> write(List.of(deletion(random)));
            case 6, 7 -> write(List.of(deletion(random), put(random)));
            case 8 -> grant(random);
            case 9 -> pass(Duration.ofMillis(random.nextInt(3000)));
            case 10 -> follow(random);
            default -> compact(random);
        }
    }

    private static String key(SplittableRandom random) {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private RequestOp put(SplittableRandom random) {
        var put =
                PutRequest.newBuilder()
                        .setKey(bytes(key(random)))
                        .setValue(bytes("" + random.nextInt(100)));
        if (!leases.isEmpty() && random.nextBoolean()) {
            put.setLease(new ArrayList<>(leases.keySet()).get(random.nextInt(leases.size())));
        }
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    private static RequestOp deletion(SplittableRandom random) {
        return RequestOp.newBuilder()
                .setRequestDeleteRange(
                        DeleteRangeRequest.newBuilder()
                                .setKey(bytes(key(random)))
                                .setRangeEnd(bytes(random.nextBoolean() ? "" : key(random))))
                .build();
    }

    private void write(List<RequestOp> operations) {
        var model = new TreeMap<>(copies.getLast());
        operations.forEach(operation -> apply(operation, model));
        store.execute(
                (execution, _) ->
                        execution.txn(TxnRequest.newBuilder().addAllSuccess(operations).build()));
        remember(model, operations.stream().anyMatch(RequestOp::hasRequestPut));
    }

    private void remember(SortedMap<String, KeyValue> model, boolean written) {
        if (written || !model.equals(copies.getLast())) {
            copies.add(model);
        }
    }

    private void apply(RequestOp operation, SortedMap<String, KeyValue> model) {
        long revision = copies.size();
        if (operation.hasRequestPut()) {
            var put = operation.getRequestPut();
            var before = model.get(put.getKey().toStringUtf8());
            model.put(
                    put.getKey().toStringUtf8(),
                    KeyValue.newBuilder()
                            .setKey(put.getKey())
                            .setValue(put.getValue())
                            .setLease(put.getLease())
                            .setModRevision(revision)
                            .setCreateRevision(
                                    before == null ? revision : before.getCreateRevision())
                            .setVersion(before == null ? 1 : before.getVersion() + 1)
                            .build());
        } else {
            var delete = operation.getRequestDeleteRange();
            model.keySet()
                    .removeIf(
                            key ->
                                    isIn(
                                            key,
                                            delete.getKey().toStringUtf8(),
                                            delete.getRangeEnd().toStringUtf8()));
        }
    }

    private static boolean isIn(String key, String from, String end) {
        return end.isEmpty()
                ? key.equals(from)
                : key.compareTo(from) >= 0 && key.compareTo(end) < 0;
    }

    private void grant(SplittableRandom random) {
        long seconds = random.nextLong(2, 6);
        var lease = store.grant(0, seconds);
        leases.put(lease.id(), timing.now().plusSeconds(seconds));
    }

    /** Leases end one after the other, those of the same moment in the order of their ids. */
    private void pass(Duration time) {
        timing.pass(time);
        var ended =
                leases.entrySet().stream()
                        .filter(lease -> lease.getValue().compareTo(timing.now()) <= 0)
                        .sorted(
                                Map.Entry.<Long, Duration>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .toList();
        for (long lease : ended) {
            leases.remove(lease);
            var model = new TreeMap<>(copies.getLast());
            model.values().removeIf(entry -> entry.getLease() == lease);
            remember(model, false);
        }
    }

    private void compact(SplittableRandom random) {
        int revision = random.nextInt(Math.max(1, compacted), copies.size());
        if (revision > compacted) {
            followers.forEach(this::listen);
            store.compact(revision);
            compacted = revision;
        }
    }

    private void follow(SplittableRandom random) {
        int start = random.nextInt(Math.max(2, compacted), copies.size() + 1);
        var from = key(random);
        var end = random.nextBoolean() ? "" : "d";
        var watcher =
                store.addWatcher(
                        new KeyRange(bytes(from), bytes(end)),
                        EnumSet.allOf(Kind.class),
                        start,
                        () -> {});
        followers.add(new Follower(from, end, watcher, new ArrayList<>(), start));
    }

    private void listen(Follower follower) {
        while (store.take(follower.watcher()) instanceof Taken.News news) {
            for (var commit : news.commits()) {
                for (var change : commit.changes()) {
                    follower.heard().add(commit.revision() + " " + line(change.after()));
                }
            }
            if (news.rest() == Rest.NOTHING) {
                return;
            }
        }
        throw new AssertionError("a follower that keeps up is never lost");
    }

    private static String line(KeyValue change) {
        return change.getKey().toStringUtf8()
                + (change.getVersion() == 0 ? " gone" : "=" + change.getValue().toStringUtf8());
    }

    /** What can be told from the copies: the last change of each key in each revision. */
    private void checkHeard(Follower follower) {
        var expected = new ArrayList<String>();
        for (int revision = follower.start(); revision < copies.size(); revision++) {
            var before = copies.get(revision - 1);
            var after = copies.get(revision);
            for (var key : KEYS) {
                if (!isIn(key, follower.from(), follower.end())) {
                    continue;
                }
                var entry = after.get(key);
                if (entry != null && entry.getModRevision() == revision) {
                    expected.add(revision + " " + line(entry));
                } else if (entry == null && before.containsKey(key)) {
                    expected.add(revision + " " + key + " gone");
                }
            }
        }
        assertEquals(expected, lastChanges(follower.heard()));
    }

    private static List<String> lastChanges(List<String> heard) {
        var last = new TreeMap<Integer, SortedMap<String, String>>();
        for (var line : heard) {
            var words = line.split("[ =]", 3);
            last.computeIfAbsent(Integer.valueOf(words[0]), _ -> new TreeMap<>())
                    .put(words[1], line);
        }
        return last.values().stream().flatMap(changes -> changes.values().stream()).toList();
    }

    private void checkReads(SplittableRandom random) {
        assertEquals(copies.size() - 1, store.revision());
        assertEquals(List.copyOf(copies.getLast().values()), read(0));
        int revision = random.nextInt(1, copies.size());
        if (revision < compacted) {
            assertThrows(StatusRuntimeException.class, () -> read(revision));
        } else {
            assertEquals(List.copyOf(copies.get(revision).values()), read(revision));
        }
    }

    private List<KeyValue> read(long revision) {
        var all =
                RangeRequest.newBuilder()
                        .setKey(KeyRange.ZERO)
                        .setRangeEnd(KeyRange.ZERO)
                        .setRevision(revision)
                        .build();
        return store.execute((execution, _) -> execution.range(all)).getKvsList();
    }
}
