package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What one visitor may do, rule by rule; it may read {@code /r/} and write {@code /w/}. */
class GateTest {
    private static final Rights RIGHTS =
            new Rights(List.of("/r/", "/w/", "/one"), List.of("/w/", "/kv/x/h1"));
    private static final Limits TIGHT = new Limits(2, 2, 3, 100, 1000);

    private final ManualTiming timing = new ManualTiming();
    private final EmbeddedStore store = new EmbeddedStore(timing, new SplittableRandom(1));
    private final Accounts accounts = new Accounts();
    private final List<String> violations = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final Gate gate = gate("h1", RIGHTS);
    private final Permissions permissions = new Permissions(visitor("h1", RIGHTS), accounts, TIGHT);

    private final Gate permissionsGate = new Gate(permissions, new EmbeddedCalls(store));

    GateTest() {
        store.observe(accounts::committed, accounts::leaseEnded);
    }

    private Visitor visitor(String name, Rights rights) {
        return new Visitor(name, () -> rights, violation -> violations.add(violation.deed()));
    }

    private Gate gate(String name, Rights rights) {
        return remembered(
                new Gate(
                        new Permissions(visitor(name, rights), accounts, TIGHT),
                        new EmbeddedCalls(store)));
    }

    private Gate remembered(Gate gate) {
        gates.add(gate);
        return gate;
    }

    private void denied(String sentence, Executable call) {
        refused(Status.Code.PERMISSION_DENIED, "etcdserver: permission denied", sentence, call);
    }

    private void tooMuch(String sentence, Executable call) {
        refused(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests", sentence, call);
    }

    private void refused(Status.Code code, String text, String sentence, Executable call) {
        violations.clear();
        var refusal = assertThrows(StatusRuntimeException.class, call);
        assertEquals(code, refusal.getStatus().getCode());
        assertEquals(text, refusal.getStatus().getDescription());
        // Only the first of a kind is told at once.
        gates.forEach(Gate::left);
        permissions.end();
        assertEquals(List.of(sentence), violations);
    }

    private static PutRequest put(String key, String value) {
        return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build();
    }

    private static RangeRequest range(String key, String end) {
        return RangeRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end)).build();
    }

    private static DeleteRangeRequest delete(String key, String end) {
        return DeleteRangeRequest.newBuilder().setKey(bytes(key)).setRangeEnd(bytes(end)).build();
    }

    private static TxnRequest txn(UnaryOperator<TxnRequest.Builder> parts) {
        return parts.apply(TxnRequest.newBuilder()).build();
    }

    @Test
    void rangesLieWhollyWithinOneRight() {
        gate.range(range("/r/a", ""));
        gate.range(range("/r/", "/r0"));
        gate.range(range("/one", ""));
        denied("h1 tried to read '/s'", () -> gate.range(range("/s", "")));
        denied("h1 tried to read '/one1'", () -> gate.range(range("/one1", "")));
        denied("h1 tried to read '/one' up to '/onf'", () -> gate.range(range("/one", "/onf")));
        denied("h1 tried to read '/r/' up to '/r1'", () -> gate.range(range("/r/", "/r1")));
        denied("h1 tried to read '/q' up to '/r0'", () -> gate.range(range("/q", "/r0")));
        denied("h1 tried to read '/r/' up to '/w0'", () -> gate.range(range("/r/", "/w0")));
        denied("h1 tried to read everything from '/r/'", () -> gate.range(range("/r/", "\0")));
    }

    @Test
    void writesNeedTheRightToWrite() {
        gate.put(put("/w/a", "1"));
        gate.put(put("/kv/x/h1", "1"));
        gate.deleteRange(delete("/w/", "/w0"));
        denied("h1 tried to write '/r/a'", () -> gate.put(put("/r/a", "1")));
        denied("h1 tried to write '/kv/x/h10'", () -> gate.put(put("/kv/x/h10", "1")));
        denied("h1 tried to write '/kv/x/h2'", () -> gate.deleteRange(delete("/kv/x/h2", "")));
        denied("h1 tried to write '/w/' up to '/x'", () -> gate.deleteRange(delete("/w/", "/x")));
    }

    @Test
    void anyOnePartIsNoMoreThanThat() {
        var own = gate("h1", new Rights(List.of("/kv/*/h1"), List.of("/kv/*/h1")));
        own.put(put("/kv/a/h1", "1"));
        own.put(put("/kv/ü%2F/h1", "1"));
        own.range(range("/kv/a/h1", ""));
        own.deleteRange(delete("/kv/a/h1", ""));
        for (var other :
                List.of(
                        "/kv/a/h2",
                        "/kv/a/h10",
                        "/kv/a/b/h1",
                        "/kv//h1",
                        "/kv/h1",
                        "/kv/*/h1/",
                        "/kv/a/h1/x",
                        "/kv/a/",
                        "/kv/")) {
            denied("h1 tried to write '" + other + "'", () -> own.put(put(other, "1")));
        }
        denied(
                "h1 tried to write '/kv/a/h1' up to '/kv/a/h2'",
                () -> own.deleteRange(delete("/kv/a/h1", "/kv/a/h2")));
        denied("h1 tried to read '/kv/' up to '/kv0'", () -> own.range(range("/kv/", "/kv0")));
        denied(
                "h1 tried to read everything from '/kv/a/h1'",
                () -> own.range(range("/kv/a/h1", "\0")));
    }

    @Test
    void aFolderBelowAnyOnePartIsItsKeysAndNoMore() {
        var own = gate("h1", new Rights(List.of(), List.of("/s/*/h1/")));
        own.put(put("/s/a/h1/1", "1"));
        own.put(put("/s/ü%2F/h1/1/2", "1"));
        own.deleteRange(delete("/s/a/h1/1", ""));
        for (var other :
                List.of(
                        "/s/a/h1",
                        "/s/a/h1/",
                        "/s/a/h10/1",
                        "/s/a/h2/1",
                        "/s/a/b/h1/1",
                        "/s//h1/1",
                        "/s/h1/1",
                        "/s/h1/x/h1/1",
                        "/t/a/h1/1")) {
            denied("h1 tried to write '" + other + "'", () -> own.put(put(other, "1")));
        }
        denied(
                "h1 tried to write '/s/a/h1/' up to '/s/a/h10'",
                () -> own.deleteRange(delete("/s/a/h1/", "/s/a/h10")));
    }

    @Test
    void previousValuesAreReadings() {
        denied(
                "h1 tried to read '/kv/x/h1'",
                () -> gate.put(put("/kv/x/h1", "1").toBuilder().setPrevKv(true).build()));
        denied(
                "h1 tried to read '/kv/x/h1'",
                () -> gate.deleteRange(delete("/kv/x/h1", "").toBuilder().setPrevKv(true).build()));
    }

    @Test
    void transactionsAreCheckedToTheirLastBranch() {
        var forbidden = RequestOp.newBuilder().setRequestPut(put("/r/a", "1")).build();
        var reading = RequestOp.newBuilder().setRequestRange(range("/s", "")).build();
        var compare = Compare.newBuilder().setKey(bytes("/kv/x/h1")).build();
        gate.txn(txn(t -> t.addSuccess(RequestOp.newBuilder().setRequestPut(put("/w/a", "1")))));
        denied("h1 tried to write '/r/a'", () -> gate.txn(txn(t -> t.addSuccess(forbidden))));
        denied("h1 tried to write '/r/a'", () -> gate.txn(txn(t -> t.addFailure(forbidden))));
        denied("h1 tried to read '/s'", () -> gate.txn(txn(t -> t.addFailure(reading))));
        denied("h1 tried to read '/kv/x/h1'", () -> gate.txn(txn(t -> t.addCompare(compare))));
        for (var inner :
                List.of(txn(t -> t.addFailure(forbidden)), txn(t -> t.addSuccess(forbidden)))) {
            denied(
                    "h1 tried to write '/r/a'",
                    () ->
                            gate.txn(
                                    txn(
                                            t ->
                                                    t.addFailure(
                                                            RequestOp.newBuilder()
                                                                    .setRequestTxn(inner)))));
        }
        assertEquals(List.of(), store.read("/r/").entries());
    }

    @Test
    void watchesAreReadings() {
        assertEquals(Optional.empty(), permissions.begin(KeyRange.startingWith("/r/")));
        assertEquals(
                Optional.of(Refusal.PERMISSION_DENIED),
                permissions.begin(KeyRange.startingWith("")));
        assertEquals(List.of("h1 tried to watch everything from '\0'"), violations);
    }

    @Test
    void leasesBelongToWhoGrantedThem() {
        var other = gate("h2", RIGHTS);
        long lease = grant(other);
        var name = "h1 tried to use lease " + Long.toHexString(lease) + ", which is not its own";
        denied(name, () -> gate.keepAlive(LeaseKeepAliveRequest.newBuilder().setID(lease).build()));
        denied(name, () -> gate.revoke(LeaseRevokeRequest.newBuilder().setID(lease).build()));
        denied(
                name,
                () -> gate.timeToLive(LeaseTimeToLiveRequest.newBuilder().setID(lease).build()));
        denied(name, () -> gate.put(put("/w/a", "1").toBuilder().setLease(lease).build()));
        gate("h2", RIGHTS).put(put("/w/a", "1").toBuilder().setLease(lease).build());
        other.revoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
        assertEquals(
                0,
                gate.keepAlive(LeaseKeepAliveRequest.newBuilder().setID(lease).build()).getTTL());
    }

    private static long grant(Gate gate) {
        return gate.grant(LeaseGrantRequest.newBuilder().setTTL(10).build()).getID();
    }

    @Test
    void compactingAndListingLeasesIsForTheOwner() {
        denied(
                "h1 tried to compact the store",
                () -> gate.compact(CompactionRequest.getDefaultInstance()));
        denied("h1 tried to list all leases", gate::leases);
        assertEquals(List.of(), gate("owner", Rights.ALL).leases());
        assertEquals(1, gate.members().getMembersCount());
        assertEquals("3.4.0+mgmt", gate.status().getVersion());
    }

    @Test
    void keysAndBytesAreCountedUntilTheyAreGone() {
        for (var key : List.of("/w/1", "/w/2", "/w/3", "/w/3")) {
            gate.put(put(key, "x"));
        }
        tooMuch("h1 tried to store more than 3 keys", () -> gate.put(put("/w/4", "x")));
        gate("h2", RIGHTS).put(put("/w/4", "x"));
        store.write(List.of(new StoreAccess.Put("/w/1", Optional.empty())));
        gate.put(put("/w/5", "x"));
        tooMuch(
                "h1 tried to store more than 100 bytes",
                () -> gate.put(put("/w/5", "x".repeat(100))));
    }

    @Test
    void keysOfAnEndedLeaseAreNoLongerCounted() {
        long lease = grant(gate);
        for (var key : List.of("/w/1", "/w/2", "/w/3")) {
            gate.put(put(key, "x").toBuilder().setLease(lease).build());
        }
        timing.pass(Duration.ofSeconds(10));
        assertEquals(List.of(), store.read("/w/").entries());
        gate.put(put("/w/4", "x"));
    }

    @Test
    void writesOfTheSameKeyAtTheSameTimeAreCountedStill() {
        for (int i = 1; i <= 2; i++) {
            var key = "/w/" + i;
            var request = put(key, "x");
            var write = List.of(Permissions.keyValue(request));
            permissions.writing(
                    write,
                    () -> {
                        gate.put(request);
                        return store.write(
                                List.of(new StoreAccess.Put(key, Optional.of("second"))));
                    });
        }
        gate.put(put("/w/3", "x"));
        tooMuch("h1 tried to store more than 3 keys", () -> gate.put(put("/w/4", "x")));
    }

    @Test
    void transactionThatChangesNothingIsNotCounted() {
        var impossible =
                Compare.newBuilder()
                        .setKey(bytes("/w/0"))
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setVersion(7)
                        .build();
        for (int i = 0; i < 10; i++) {
            var write = RequestOp.newBuilder().setRequestPut(put("/w/" + i, "x")).build();
            gate.txn(txn(t -> t.addCompare(impossible).addSuccess(write)));
        }
        gate.put(put("/w/0", "x"));
    }

    @Test
    void watchesAndLeasesAreCounted() {
        var range = KeyRange.startingWith("/r/");
        permissions.begin(range);
        permissions.begin(range);
        assertEquals(Optional.of(Refusal.TOO_MUCH), permissions.begin(range));
        assertEquals(List.of("h1 tried to open more than 2 watches"), violations);
        permissions.ended();
        assertEquals(Optional.empty(), permissions.begin(range));
        long first = grant(gate);
        grant(gate);
        tooMuch("h1 tried to hold more than 2 leases", () -> grant(gate));
        gate.revoke(LeaseRevokeRequest.newBuilder().setID(first).build());
        grant(gate);
        timing.pass(Duration.ofSeconds(10));
        grant(gate);
    }

    @Test
    void revokingAllGrantedEndsWhatThisConnectionGrantedOnly() {
        grant(gate);
        long others = grant(gate("h1", RIGHTS));
        gate.revokeAllGranted();
        gate.revokeAllGranted();
        assertEquals(List.of(others), gate("owner", Rights.ALL).leases());
    }

    @Test
    void rightsAreAskedAtEveryCall() {
        var now = new ArrayList<Rights>(List.of(RIGHTS));
        var changing =
                remembered(
                        new Gate(
                                new Permissions(
                                        new Visitor(
                                                "h1",
                                                now::getFirst,
                                                violation -> violations.add(violation.deed())),
                                        accounts,
                                        TIGHT),
                                new EmbeddedCalls(store)));
        changing.range(range("/r/a", ""));
        now.set(0, new Rights(List.of(), List.of()));
        denied("h1 tried to read '/r/a'", () -> changing.range(range("/r/a", "")));
        assertTrue(violations.size() == 1);
    }

    @Test
    void workHiddenInBranchesOfBranchesIsCounted() {
        var range = RequestOp.newBuilder().setRequestRange(range("/r/", "/r0")).build();
        gate.txn(txn(t -> t.addSuccess(range).addFailure(range)));
        var many = txn(t -> t);
        for (int level = 0; level < 8; level++) {
            var inner = RequestOp.newBuilder().setRequestTxn(many).build();
            many = txn(t -> t.addSuccess(range).addSuccess(inner).addFailure(inner));
        }
        var bomb = many;
        refused(
                Status.Code.INVALID_ARGUMENT,
                "etcdserver: too many operations in txn request",
                "h1 tried a transaction of more than 256 parts or 8 ranges",
                () -> gate.txn(bomb));
        gate("owner", Rights.ALL).txn(bomb);
    }

    @Test
    void answersCountUntilTheyAreTaken() {
        gate.requireRoomFor(900);
        tooMuch("h1 left more than 1000 bytes of answers unread", () -> gate.requireRoomFor(101));
        gate.taken(900);
        gate.requireRoomFor(1000);
    }

    @Test
    void leasesThatEndedAreForgotten() {
        for (int i = 0; i < 100; i++) {
            long lease = grant(gate);
            gate.revoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
            long other = grant(permissionsGate);
            permissionsGate.revoke(LeaseRevokeRequest.newBuilder().setID(other).build());
        }
        assertTrue(permissions.leases().size() <= TIGHT.leases(), permissions.leases()::toString);
    }
}
