package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static dev.mgmt.tunnel.etcd.RawClient.text;
import static dev.mgmt.tunnel.etcd.Requests.delete;
import static dev.mgmt.tunnel.etcd.Requests.fill;
import static dev.mgmt.tunnel.etcd.Requests.op;
import static dev.mgmt.tunnel.etcd.Requests.put;
import static dev.mgmt.tunnel.etcd.Requests.range;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same KV calls to a real etcd and to the embedded store. */
@Timeout(60)
class SameKvAsEtcdIT {
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
    void rangesOfEveryShape() throws Exception {
        stores.same(
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
        stores.same(
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
        stores.same(
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
        stores.same(
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

    private static Compare.Builder compare(CompareTarget target, CompareResult result) {
        return Compare.newBuilder().setKey(bytes("b")).setTarget(target).setResult(result);
    }

    @Test
    void comparisonsOfEveryTarget() throws Exception {
        stores.same(
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
        stores.same(
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
        stores.same(
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
    void thereAreNoUsers() throws Exception {
        stores.same(
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
        stores.same(
                (client, said) ->
                        said.accept(
                                text(() -> client.kv().put(put("big", "x".repeat(1_800_000))))));
    }
}
