package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.etcd.StoreAccess.Change;
import dev.mgmt.tunnel.etcd.StoreAccess.Entry;
import dev.mgmt.tunnel.etcd.StoreAccess.Put;
import io.etcd.jetcd.api.PutRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedStoreTest {
    private final ManualTiming timing = new ManualTiming();
    private final EmbeddedStore store = new EmbeddedStore(timing, new SplittableRandom(1));
    private final BlockingQueue<List<Change>> heard = new LinkedBlockingQueue<>();

    private List<Change> next() throws InterruptedException {
        var next = heard.poll(10, TimeUnit.SECONDS);
        return next == null ? List.of() : next;
    }

    private static Put put(String key, String value) {
        return new Put(key, Optional.of(value));
    }

    private static Put delete(String key) {
        return new Put(key, Optional.empty());
    }

    @Test
    void writesOfOneCallAreOneRevision() {
        assertEquals(2, store.write(List.of(put("a", "ü"), put("b", "2"))));
        assertEquals(3, store.write(List.of(delete("a"), put("b", "3"))));
        assertEquals(3, store.write(List.of(delete("a"))));
        assertEquals(new StoreAccess.Stored(3, List.of(new Entry("b", "3", 3))), store.read(""));
    }

    @Test
    void followerHearsEachRevisionOnceInOrder() throws Exception {
        store.write(List.of(put("/a/1", "1")));
        store.write(List.of(put("/b", "elsewhere")));
        try (var _ = store.watch("/a/", 1, (_, changes) -> heard.add(changes))) {
            assertEquals(List.of(new Change("/a/1", Optional.of("1"), 2)), next());
            store.write(List.of(put("/a/2", "2"), put("/b", "elsewhere"), delete("/a/1")));
            assertEquals(
                    List.of(
                            new Change("/a/2", Optional.of("2"), 4),
                            new Change("/a/1", Optional.empty(), 4)),
                    next());
        }
        store.write(List.of(put("/a/3", "3")));
        assertTrue(heard.isEmpty());
    }

    @Test
    void followerThatFellBehindTheHistoryHearsTheStateThereIs() throws Exception {
        for (int i = 0; i < Revisions.MOST_REVISIONS; i++) {
            store.write(List.of(put("/a/" + i % 2, "" + i)));
        }
        store.write(List.of(put("/b", "")));
        try (var _ = store.watch("/a/", 2, (_, changes) -> heard.add(changes))) {
            assertEquals(List.of(new Change("/a/0", Optional.of("9998"), 10_000)), next());
            assertEquals(List.of(new Change("/a/1", Optional.of("9999"), 10_001)), next());
            store.write(List.of(delete("/a/1")));
            assertEquals(List.of(new Change("/a/1", Optional.empty(), 10_003)), next());
        }
    }

    @Test
    void historyIsBoundedByCountAndByBytes() {
        var big = "x".repeat(1 << 20);
        for (int i = 0; i < 70; i++) {
            store.write(List.of(put("/a", big)));
        }
        assertThrows(StatusRuntimeException.class, () -> store.compact(30));
        store.compact(71);
        for (int i = 0; i < 10_001; i++) {
            store.write(List.of(put("/a", "")));
        }
        assertThrows(StatusRuntimeException.class, () -> store.compact(72));
        assertEquals(List.of(new Entry("/a", "", 10_072)), store.read("").entries());
    }

    @Test
    void leaseEndsOnTimeWithItsKeysInOneRevision() {
        var lease = store.grant(0, 5);
        put("/b", lease.id());
        put("/a", lease.id());
        put("/moved", lease.id());
        put("/moved", 0);
        timing.pass(Duration.ofMillis(4999));
        assertEquals(3, store.read("").entries().size());
        timing.pass(Duration.ofMillis(1));
        assertEquals(List.of(new Entry("/moved", "", 5)), store.read("").entries());
        assertEquals(6, store.revision());
    }

    @Test
    void aMachineThatSleptTakesNoLeaseAwayForThat() {
        var lease = store.grant(0, 30);
        put("/a", lease.id());

        timing.sleep(Duration.ofMinutes(10));
        assertEquals(List.of(lease.id()), store.execute((_, leases) -> leases.ids()));

        timing.pass(Duration.ofSeconds(29));
        assertEquals(List.of(lease.id()), store.execute((_, leases) -> leases.ids()));
        timing.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), store.execute((_, leases) -> leases.ids()));
    }

    @Test
    void renewedLeaseLivesOnAndNothingIsScheduledWithoutOne() {
        assertEquals(0, timing.waiting());
        var lease = store.grant(0, 5);
        for (int i = 0; i < 10; i++) {
            timing.pass(Duration.ofSeconds(4));
            store.execute((_, leases) -> leases.renew(lease.id(), timing.now()));
        }
        assertEquals(1, timing.waiting());
        timing.pass(Duration.ofSeconds(5));
        assertEquals(List.of(), store.execute((_, leases) -> leases.ids()));
        assertEquals(0, timing.waiting());
    }

    @Test
    void shorterLeaseIsNotKeptBackByALongerOneGrantedBefore() {
        store.grant(1, 100);
        store.grant(2, 5);
        timing.pass(Duration.ofSeconds(5));
        assertEquals(List.of(1L), store.execute((_, leases) -> leases.ids()));
    }

    private void put(String key, long lease) {
        store.execute(
                (execution, _) ->
                        execution.put(
                                PutRequest.newBuilder()
                                        .setKey(RawClient.bytes(key))
                                        .setLease(lease)
                                        .build()));
    }
}
