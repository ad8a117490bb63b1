package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static dev.mgmt.tunnel.etcd.RawClient.text;
import static dev.mgmt.tunnel.etcd.Requests.delete;
import static dev.mgmt.tunnel.etcd.Requests.fill;
import static dev.mgmt.tunnel.etcd.Requests.op;
import static dev.mgmt.tunnel.etcd.Requests.put;
import static dev.mgmt.tunnel.etcd.Requests.range;

import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same watches and leases of a real etcd and of the embedded store. */
@Timeout(60)
class SameWatchesAsEtcdIT {
    private TwoStores stores;

    @BeforeEach
    void start() throws Exception {
        stores = new TwoStores();
    }

    @AfterEach
    void stop() throws Exception {
        stores.close();
    }

    @Test
    void leases() throws Exception {
        stores.same(
                (client, said) -> {
                    for (long ttl : List.of(60L, 1L, 0L, -3L, 9_000_000_001L)) {
                        var grant =
                                LeaseGrantRequest.newBuilder().setID(100 + ttl).setTTL(ttl).build();
                        said.accept(text(() -> client.lease().leaseGrant(grant)));
                    }
                    var again = LeaseGrantRequest.newBuilder().setID(160).setTTL(60).build();
                    said.accept(text(() -> client.lease().leaseGrant(again)));
                    client.kv().put(put("l1", "x").toBuilder().setLease(160).build());
                    client.kv().put(put("l2", "x").toBuilder().setLease(160).build());
                    client.kv().put(put("l2", "y"));
                    client.kv().put(put("l0", "x").toBuilder().setLease(160).build());
                    said.accept("" + client.keepAlive(160).getTTL());
                    said.accept("" + client.keepAlive(4711).getTTL());
                    for (long id : List.of(160L, 4711L)) {
                        var left =
                                LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(true).build();
                        said.accept(
                                text(() -> client.lease().leaseTimeToLive(left))
                                        .replaceAll("TTL: [3-5][0-9]", "TTL: nearly 60")
                                        .replaceAll("(?s)keys: \"l.\"\nkeys: \"l.\"", "keys: two"));
                        var revoke = LeaseRevokeRequest.newBuilder().setID(id).build();
                        said.accept(text(() -> client.lease().leaseRevoke(revoke)));
                        said.accept(text(() -> client.kv().range(range("l", "m").build())));
                    }
                });
    }

    private static WatchRequest create(WatchCreateRequest.Builder request) {
        return WatchRequest.newBuilder().setCreateRequest(request).build();
    }

    private static WatchCreateRequest.Builder watch(String key, String end) {
        return WatchCreateRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end));
    }

    @Test
    void watchesOfTheFutureOnOneStream() throws Exception {
        stores.same(
                (client, said) -> {
                    fill(client);
                    try (var stream = client.watch()) {
                        for (var request :
                                List.of(
                                        watch("b", ""),
                                        watch("a", "c").setPrevKv(true),
                                        watch("a", "z").addFilters(FilterType.NOPUT),
                                        watch("a", "z").addFilters(FilterType.NODELETE),
                                        watch("c", "a"))) {
                            stream.ask(create(request));
                            said.accept(text(stream.next()));
                        }
                        client.kv().put(put("a", "new"));
                        said.accept(sorted(stream.events(2)));
                        client.kv().deleteRange(delete("a", "c"));
                        said.accept(sorted(stream.events(1 + 2 + 2)));
                        stream.ask(
                                WatchRequest.newBuilder()
                                        .setCancelRequest(
                                                WatchCancelRequest.newBuilder().setWatchId(1))
                                        .build());
                        said.accept(text(stream.next()));
                        stream.ask(
                                WatchRequest.newBuilder()
                                        .setProgressRequest(
                                                WatchProgressRequest.getDefaultInstance())
                                        .build());
                        said.accept(text(stream.next()));
                        stream.ask(create(watch("", "").setStartRevision(1)));
                        said.accept(text(stream.next()));
                        stream.ask(create(watch("", "\0").setStartRevision(9)));
                        said.accept(text(stream.next()));
                        said.accept(sorted(stream.events(2)));
                        said.accept("" + stream.isSilent());
                    }
                });
    }

    /** Watches are served in no promised order. */
    private static String sorted(String events) {
        return String.join(
                "\n",
                List.of(events.split("(?=\\d+ type|\\d+ kv)", -1)).stream().sorted().toList());
    }

    @Test
    void watchOfThePastTellsEveryRevisionInOrder() throws Exception {
        stores.same(
                (client, said) -> {
                    fill(client);
                    client.kv().deleteRange(delete("a", "c"));
                    client.kv()
                            .txn(
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(put("c", "t")))
                                            .addSuccess(op(put("a", "t")))
                                            .build());
                    try (var stream = client.watch()) {
                        stream.ask(create(watch("a", "z").setStartRevision(1).setPrevKv(true)));
                        said.accept(text(stream.next()));
                        said.accept(stream.events(10));
                        stream.ask(create(watch("a", "z").setStartRevision(12)));
                        said.accept(text(stream.next()));
                        client.kv().put(put("d", "10"));
                        client.kv().put(put("d", "11"));
                        said.accept(stream.events(2));
                        client.kv().put(put("d", "12"));
                        said.accept(sorted(stream.events(2)));
                    }
                });
    }

    @Test
    void watchOfWhatIsCompactedIsCancelled() throws Exception {
        stores.same(
                (client, said) -> {
                    fill(client);
                    client.kv().compact(CompactionRequest.newBuilder().setRevision(5).build());
                    try (var stream = client.watch()) {
                        stream.ask(create(watch("a", "z").setStartRevision(4)));
                        said.accept(text(stream.next()));
                        said.accept(text(stream.next()));
                        stream.ask(create(watch("a", "z").setStartRevision(5).setPrevKv(true)));
                        said.accept(text(stream.next()));
                        said.accept(stream.events(3));
                    }
                });
    }

    @Test
    void revokedLeaseIsOneRevisionForWatches() throws Exception {
        stores.same(
                (client, said) -> {
                    client.lease()
                            .leaseGrant(LeaseGrantRequest.newBuilder().setID(1).setTTL(60).build());
                    client.kv().put(put("z", "x").toBuilder().setLease(1).build());
                    client.kv().put(put("a", "x").toBuilder().setLease(1).build());
                    try (var stream = client.watch()) {
                        stream.ask(create(watch("\0", "\0")));
                        said.accept(text(stream.next()));
                        client.lease()
                                .leaseRevoke(LeaseRevokeRequest.newBuilder().setID(1).build());
                        said.accept(text(stream.next()));
                    }
                });
    }
}
