package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static dev.mgmt.tunnel.etcd.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same calls to a real etcd and to the embedded store: every answer has to be the same, word
 * for word.
 */
@Timeout(60)
class SameAsEtcdIT {
    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);
    private RealEtcd etcd;
    private ListeningPort port;

    @BeforeEach
    void start() throws Exception {
        etcd = new RealEtcd();
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws Exception {
        port.close();
        server.close();
        store.close();
        etcd.close();
    }

    private interface Script {
        void run(RawClient client, Consumer<String> transcript) throws Exception;
    }

    private void same(Script script) throws Exception {
        assertEquals(transcript(etcd.port(), script), transcript(port.address().getPort(), script));
    }

    private static String transcript(int port, Script script) throws Exception {
        List<String> lines = new ArrayList<>();
        try (var client = new RawClient(port)) {
            script.run(client, lines::add);
        }
        return String.join("\n--\n", lines);
    }

    private static PutRequest put(String key, String value) {
        return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build();
    }

    private static RangeRequest.Builder range(String key, String end) {
        return RangeRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end));
    }

    private static DeleteRangeRequest delete(String key, String end) {
        return DeleteRangeRequest.newBuilder()
                .setKey(bytes(key))
                .setRangeEnd(bytes(end))
                .setPrevKv(true)
                .build();
    }

    private static void fill(RawClient client) {
        for (var entry : List.of("a=3", "b=1", "c=2", "b=9", "d=0", "b=5")) {
            client.kv().put(put(entry.substring(0, 1), entry.substring(2)));
        }
    }

    @Test
    void rangesOfEveryShape() throws Exception {
        same(
                (client, said) -> {
                    fill(client);
                    for (var request :
                            List.of(
                                    range("b", ""),
                                    range("nothing", ""),
                                    range("", ""),
                                    range("a", "c"),
                                    range("c", "a"),
                                    range("b", "\0"),
                                    range("\0", "\0"),
                                    range("a", "e").setLimit(2),
                                    range("a", "e").setLimit(4),
                                    range("a", "e").setKeysOnly(true),
                                    range("a", "e").setCountOnly(true).setLimit(1),
                                    range("a", "e").setSerializable(true),
                                    range("a", "e").setRevision(3),
                                    range("a", "e").setRevision(1),
                                    range("a", "e").setRevision(-5),
                                    range("a", "e").setRevision(99),
                                    range("a", "e").setMinModRevision(4),
                                    range("a", "e").setMaxModRevision(4),
                                    range("a", "e").setMinCreateRevision(3).setLimit(1),
                                    range("a", "e").setMaxCreateRevision(3))) {
                        said.accept(text(() -> client.kv().range(request.build())));
                    }
                });
    }

    @Test
    void sortedRanges() throws Exception {
        same(
                (client, said) -> {
                    fill(client);
                    for (var target : SortTarget.values()) {
                        if (target == SortTarget.UNRECOGNIZED || target == SortTarget.VERSION) {
                            continue; // equal versions come in no promised order
                        }
                        for (var order :
                                List.of(SortOrder.NONE, SortOrder.ASCEND, SortOrder.DESCEND)) {
                            var request = range("a", "e").setSortTarget(target).setSortOrder(order);
                            said.accept(text(() -> client.kv().range(request.build())));
                            said.accept(text(() -> client.kv().range(request.setLimit(2).build())));
                        }
                    }
                });
    }

    @Test
    void putsOfEveryShape() throws Exception {
        same(
                (client, said) -> {
                    client.lease()
                            .leaseGrant(LeaseGrantRequest.newBuilder().setID(7).setTTL(60).build());
                    var base = put("k", "one").toBuilder();
                    for (var request :
                            List.of(
                                    put("", "x").toBuilder(),
                                    base.clone(),
                                    base.clone().setPrevKv(true).setLease(7),
                                    base.clone().setLease(8),
                                    base.clone().setIgnoreLease(true).setPrevKv(true),
                                    base.clone().setIgnoreLease(true).setLease(7),
                                    base.clone().setIgnoreValue(true),
                                    base.clone().clearValue().setIgnoreValue(true).setPrevKv(true),
                                    put("new", "").toBuilder().setIgnoreValue(true),
                                    put("new", "x").toBuilder().setIgnoreLease(true))) {
                        said.accept(text(() -> client.kv().put(request.build())));
                        said.accept(text(() -> client.kv().range(range("k", "").build())));
                    }
                });
    }

    @Test
    void deletionsOfEveryShape() throws Exception {
        same(
                (client, said) -> {
                    fill(client);
                    for (var request :
                            List.of(
                                    delete("", ""),
                                    delete("nothing", ""),
                                    delete("a", ""),
                                    delete("a", ""),
                                    delete("b", "d"),
                                    delete("\0", "\0"))) {
                        said.accept(text(() -> client.kv().deleteRange(request)));
                    }
                    client.kv().put(put("a", "again"));
                    said.accept(text(() -> client.kv().range(range("\0", "\0").build())));
                });
    }

    private static RequestOp op(PutRequest put) {
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    private static RequestOp op(RangeRequest.Builder range) {
        return RequestOp.newBuilder().setRequestRange(range).build();
    }

    private static RequestOp op(DeleteRangeRequest delete) {
        return RequestOp.newBuilder().setRequestDeleteRange(delete).build();
    }

    private static RequestOp op(TxnRequest.Builder txn) {
        return RequestOp.newBuilder().setRequestTxn(txn).build();
    }

    private static Compare.Builder compare(CompareTarget target, CompareResult result) {
        return Compare.newBuilder().setKey(bytes("b")).setTarget(target).setResult(result);
    }

    @Test
    void comparisonsOfEveryTarget() throws Exception {
        same(
                (client, said) -> {
                    fill(client);
                    for (var result : CompareResult.values()) {
                        if (result == CompareResult.UNRECOGNIZED) {
                            continue;
                        }
                        for (long number : List.of(0L, 3L, 7L)) {
                            var compares =
                                    List.of(
                                            compare(CompareTarget.VERSION, result)
                                                    .setVersion(number),
                                            compare(CompareTarget.CREATE, result)
                                                    .setCreateRevision(number),
                                            compare(CompareTarget.MOD, result)
                                                    .setModRevision(number),
                                            compare(CompareTarget.VALUE, result)
                                                    .setValue(bytes("" + number)),
                                            compare(CompareTarget.VALUE, result),
                                            compare(CompareTarget.MOD, result)
                                                    .setKey(bytes("a"))
                                                    .setRangeEnd(bytes("e"))
                                                    .setModRevision(number),
                                            compare(CompareTarget.MOD, result)
                                                    .setKey(bytes("nothing"))
                                                    .setModRevision(number),
                                            compare(CompareTarget.VALUE, result)
                                                    .setKey(bytes("nothing"))
                                                    .setValue(bytes("")),
                                            compare(CompareTarget.MOD, result).setKey(bytes("")));
                            for (var compare : compares) {
                                var txn = TxnRequest.newBuilder().addCompare(compare).build();
                                said.accept(text(() -> client.kv().txn(txn)));
                            }
                        }
                    }
                });
    }

    @Test
    void transactionsOfEveryShape() throws Exception {
        same(
                (client, said) -> {
                    fill(client);
                    var holds = compare(CompareTarget.VERSION, CompareResult.GREATER).setVersion(0);
                    var fails = compare(CompareTarget.VERSION, CompareResult.EQUAL).setVersion(0);
                    var nested =
                            TxnRequest.newBuilder()
                                    .addCompare(holds)
                                    .addSuccess(op(put("n", "1")))
                                    .addSuccess(op(range("n", "")))
                                    .addFailure(op(put("m", "1")));
                    for (var txn :
                            List.of(
                                    TxnRequest.newBuilder(),
                                    TxnRequest.newBuilder()
                                            .addCompare(holds)
                                            .addSuccess(op(put("x", "1"))),
                                    TxnRequest.newBuilder()
                                            .addCompare(fails)
                                            .addSuccess(op(put("x", "1"))),
                                    TxnRequest.newBuilder()
                                            .addCompare(holds)
                                            .addCompare(fails)
                                            .addFailure(
                                                    op(
                                                            put("y", "2").toBuilder()
                                                                    .setPrevKv(true)
                                                                    .build()))
                                            .addFailure(op(range("a", "z").setLimit(2)))
                                            .addFailure(op(delete("c", "e")))
                                            .addFailure(op(range("a", "z").setCountOnly(true))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(nested))
                                            .addSuccess(op(put("o", "1"))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(put("q", "1")))
                                            .addSuccess(op(put("q", "2"))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(put("q", "1")))
                                            .addSuccess(op(delete("p", "r"))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(put("q", "1")))
                                            .addSuccess(op(delete("p", "\0"))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(delete("a", "c")))
                                            .addSuccess(op(delete("a", ""))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(put("n", "1")))
                                            .addSuccess(op(nested)),
                                    TxnRequest.newBuilder()
                                            .addSuccess(
                                                    op(
                                                            TxnRequest.newBuilder()
                                                                    .addSuccess(op(put("s", "1")))
                                                                    .addFailure(
                                                                            op(put("s", "2"))))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(
                                                    op(
                                                            TxnRequest.newBuilder()
                                                                    .addSuccess(op(put("s", "3")))
                                                                    .addFailure(
                                                                            op(delete("s", ""))))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(RequestOp.getDefaultInstance()),
                                    TxnRequest.newBuilder().addSuccess(op(put("", "1"))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(range("a", "").setRevision(999))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(op(put("t", "1")))
                                            .addSuccess(op(range("a", "").setRevision(999))),
                                    TxnRequest.newBuilder()
                                            .addSuccess(
                                                    op(
                                                            put("t", "1").toBuilder()
                                                                    .setLease(5)
                                                                    .build())),
                                    TxnRequest.newBuilder()
                                            .addSuccess(
                                                    op(
                                                            put("t", "").toBuilder()
                                                                    .setIgnoreValue(true)
                                                                    .build())))) {
                        said.accept(text(() -> client.kv().txn(txn.build())));
                        said.accept(text(() -> client.kv().range(range("\0", "\0").build())));
                    }
                    var many = TxnRequest.newBuilder();
                    for (int i = 0; i < 129; i++) {
                        many.addSuccess(op(put("many" + i, "")));
                    }
                    said.accept(text(() -> client.kv().txn(many.build())));
                    said.accept(
                            text(
                                    () ->
                                            client.kv()
                                                    .txn(
                                                            many.clearCompare()
                                                                    .removeSuccess(0)
                                                                    .build())));
                });
    }

    @Test
    void compaction() throws Exception {
        same(
                (client, said) -> {
                    fill(client);
                    client.kv().deleteRange(delete("d", ""));
                    for (long revision : List.of(99L, 5L, 5L, 4L, 8L)) {
                        said.accept(
                                text(
                                        () ->
                                                client.kv()
                                                        .compact(
                                                                CompactionRequest.newBuilder()
                                                                        .setRevision(revision)
                                                                        .setPhysical(true)
                                                                        .build())));
                        for (long at : List.of(4L, 5L, 7L, 8L, 0L)) {
                            said.accept(
                                    text(
                                            () ->
                                                    client.kv()
                                                            .range(
                                                                    range("a", "e")
                                                                            .setRevision(at)
                                                                            .build())));
                        }
                    }
                });
    }

    @Test
    void leases() throws Exception {
        same(
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
                                        .replaceAll("TTL: 5[89]", "TTL: nearly 60")
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
        same(
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
        same(
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
        same(
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
        same(
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

    @Test
    void thereAreNoUsers() throws Exception {
        same(
                (client, said) ->
                        said.accept(
                                text(
                                        () ->
                                                AuthGrpc.newBlockingStub(client.channel())
                                                        .authenticate(
                                                                AuthenticateRequest.newBuilder()
                                                                        .setName("root")
                                                                        .setPassword("x")
                                                                        .build()))));
    }

    @Test
    void requestsThatAreTooLarge() throws Exception {
        same(
                (client, said) ->
                        said.accept(
                                text(() -> client.kv().put(put("big", "x".repeat(1_800_000))))));
    }
}
