package dev.mgmt.tunnel.etcd;

import static dev.mgmt.tunnel.etcd.RawClient.bytes;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.ElectionOuterClass;
import io.etcd.jetcd.api.JetcdProto;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A host in bad hands tries every call of the API on every key range that could be of use to it.
 * The calls come from the API's own descriptors: one that is added there has no verdict here.
 */
@Timeout(120)
class HostileCallsIT {
    private static final String SECRET = "SECRET-of-another";

    private enum Verdict {
        /** Answered or refused by what it asks for. */
        BY_KEYS,
        /** Answered to anybody: says nothing about what is stored. */
        HARMLESS,
        /** Refused to hosts, answered to the owner. */
        OWNER_ONLY,
        /** Answered to nobody. */
        NOBODY
    }

    private static final Map<String, Verdict> VERDICTS = verdicts();

    /** Calls of newer versions of etcd than the descriptors are of, and of its relatives. */
    private static final List<String> BEYOND =
            List.of(
                    "etcdserverpb.Lease/LeaseLeases",
                    "etcdserverpb.Maintenance/HashKV",
                    "etcdserverpb.Maintenance/MoveLeader",
                    "etcdserverpb.Maintenance/Downgrade",
                    "etcdserverpb.Cluster/MemberPromote",
                    "etcdserverpb.Auth/AuthStatus",
                    "etcdserverpb.KV/Everything",
                    "v3electionpb.Election/Campaign",
                    "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                    "grpc.health.v1.Health/Check",
                    "//",
                    "etcdserverpb.KV/range");

    private final EmbeddedStore store =
            new EmbeddedStore(new ManualTiming(), new SplittableRandom(1));
    private final StoreServer server = new StoreServer(store);
    private HostDoor door;
    private RawClient client;
    private RawCalls calls;

    private static Map<String, Verdict> verdicts() {
        var verdicts = new LinkedHashMap<String, Verdict>();
        for (var call : List.of("KV/Range", "KV/Put", "KV/DeleteRange", "KV/Txn", "Watch/Watch")) {
            verdicts.put("etcdserverpb." + call, Verdict.BY_KEYS);
        }
        for (var call : List.of("LeaseGrant", "LeaseRevoke", "LeaseKeepAlive", "LeaseTimeToLive")) {
            verdicts.put("etcdserverpb.Lease/" + call, Verdict.BY_KEYS);
        }
        verdicts.put("etcdserverpb.Cluster/MemberList", Verdict.HARMLESS);
        verdicts.put("etcdserverpb.Maintenance/Status", Verdict.HARMLESS);
        for (var call :
                List.of(
                        "KV/Compact",
                        "Maintenance/Alarm",
                        "Maintenance/Defragment",
                        "Lease/LeaseLeases")) {
            verdicts.put("etcdserverpb." + call, Verdict.OWNER_ONLY);
        }
        return verdicts;
    }

    @BeforeEach
    void open() throws IOException {
        for (var key :
                List.of(
                        "/_mgmt/hosts/h2/graph",
                        "/_mgmt/hosts/h2/status",
                        "/_mgmt/hosts/h10/graph",
                        "/_mgmt/exports/h2/file/%2Fa",
                        "/_mgmt/exports/h10/file/%2Fa",
                        "/_mgmt/kv/k/h2",
                        "/_mgmt/hosts/h1/graph/x",
                        "\u0000",
                        "~")) {
            put(key, SECRET);
        }
        put("/_mgmt/hosts/h1/graph", "own");
        put("/_mgmt/exports/h1/file/%2Fa", "own");
        put("/_mgmt/fleet", "fleet");
        door = new HostDoor(server, "h1");
        client = new RawClient(door.port());
        calls = new RawCalls(client.channel());
    }

    private void put(String key, String value) {
        store.write(List.of(new StoreAccess.Put(key, Optional.of(value))));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        server.close();
        store.close();
    }

    private static Set<String> described() {
        return List.<FileDescriptor>of(
                        JetcdProto.getDescriptor(),
                        ElectionOuterClass.getDescriptor(),
                        io.etcd.jetcd.api.lock.JetcdProto.getDescriptor())
                .stream()
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .map(RawCalls::name)
                .collect(toCollection(TreeSet::new));
    }

    @Test
    void everyCallOfTheApiHasItsVerdict() throws Exception {
        var names = described();
        assertTrue(names.contains("etcdserverpb.KV/Txn"), names::toString);
        assertTrue(names.size() > 40, names::toString);
        names.addAll(BEYOND);
        names.addAll(VERDICTS.keySet());
        for (var name : names) {
            var verdict = VERDICTS.getOrDefault(name, Verdict.NOBODY);
            var outcome = calls.call(name, new byte[0]);
            assertFalse(outcome.contains(SECRET), name);
            switch (verdict) {
                case HARMLESS -> assertEquals(Status.Code.OK, outcome.code(), name);
                case OWNER_ONLY ->
                        assertEquals(Status.Code.PERMISSION_DENIED, outcome.code(), name);
                case NOBODY ->
                        assertTrue(
                                Set.of(Status.Code.UNIMPLEMENTED, Status.Code.FAILED_PRECONDITION)
                                        .contains(outcome.code()),
                                () -> name + " " + outcome.status());
                case BY_KEYS -> {}
            }
        }
        door.endLinks();
        var told =
                door.violations().stream()
                        .filter(violation -> violation.kind() == Violation.Kind.CALL)
                        .toList();
        // Every call that nobody answers but the one for names and passwords, and the owner's four.
        int refused = names.size() - VERDICTS.size() - 1 + 4;
        assertEquals(refused, told.getLast().times(), told::toString);
        assertEquals(List.of(1L, 10L), told.stream().limit(2).map(Violation::times).toList());
    }

    @Test
    void garbageInsteadOfARequestIsRefusedEverywhere() throws Exception {
        long seed = 7;
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        for (var name : described()) {
            for (int i = 0; i < 20; i++) {
                var garbage = new byte[1 + random.nextInt(200)];
                random.nextBytes(garbage);
                assertFalse(calls.call(name, garbage).contains(SECRET), name);
            }
        }
        assertUntouched();
    }

    /** As pairs of a key and an end. */
    private static List<KeyRange> forbidden() {
        var ranges = new ArrayList<KeyRange>();
        for (var pair :
                List.of(
                        List.of("/_mgmt/hosts/h2/graph", ""),
                        List.of("/_mgmt/hosts/h2/graph", "\0"),
                        List.of("/_mgmt/hosts/h1/graph", "\0"),
                        List.of("/_mgmt/hosts/h1/graph", "/_mgmt/hosts/h1/grapi"),
                        List.of("/_mgmt/hosts/h1/", "/_mgmt/hosts/h10"),
                        List.of("/_mgmt/hosts/h1/graph/x", ""),
                        List.of("/_mgmt/hosts/h10/graph", ""),
                        List.of("/_mgmt/hosts/", "/_mgmt/hosts0"),
                        List.of("/_mgmt/", "/_mgmt0"),
                        List.of("\0", "\0"),
                        List.of("\0", ""),
                        List.of("", ""),
                        List.of("", "\0"),
                        List.of("/", "0"),
                        List.of("~", ""),
                        List.of("/_mgmt/exports/h2/file/%2Fa", ""),
                        List.of("/_mgmt/exports/h1/", "/_mgmt/exports/h10/g"),
                        List.of("/_mgmt/exports/h1", "/_mgmt/exports/h10"),
                        List.of("/_mgmt/exports/h1/", "/_mgmt/exports/h11"),
                        List.of("/_mgmt/exports/h10/file/%2Fa", ""),
                        List.of("/_mgmt/exports/h1/../h2/file/%2Fa", "/_mgmt/exports/h3"),
                        List.of("/_mgmt/exports/%68%32/file/%2Fa", ""),
                        List.of("/_mgmt/exports/", "/_mgmt/exports0"),
                        List.of("/_mgmt/kv/k/h2", ""),
                        List.of("/_mgmt/kv/k/h1", "/_mgmt/kv/k/h3"),
                        List.of("/_mgmt/kv/", "/_mgmt/kv0"))) {
            ranges.add(new KeyRange(bytes(pair.getFirst()), bytes(pair.getLast())));
        }
        var own = bytes("/_mgmt/exports/h1/");
        ranges.add(new KeyRange(own, own.substring(0, own.size() - 1).concat(raw(0xff))));
        ranges.add(new KeyRange(own.substring(0, own.size() - 1).concat(raw(0x2e, 0xff)), own));
        ranges.add(new KeyRange(raw(0xff), raw(0)));
        ranges.add(new KeyRange(own, bytes("z".repeat(1_000_000))));
        ranges.add(new KeyRange(bytes("/_mgmt/hosts/h2/" + "g".repeat(1_000_000)), raw(0)));
        return ranges;
    }

    private static ByteString raw(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    private record Try(String call, com.google.protobuf.MessageLite request) {}

    /** Every way to learn something about a range of keys. */
    private static List<Try> readings(KeyRange range) {
        var plain = RangeRequest.newBuilder().setKey(range.key()).setRangeEnd(range.end()).build();
        var compare =
                Compare.newBuilder()
                        .setKey(range.key())
                        .setRangeEnd(range.end())
                        .setTarget(Compare.CompareTarget.VERSION)
                        .build();
        var read = RequestOp.newBuilder().setRequestRange(plain).build();
        var watch =
                WatchCreateRequest.newBuilder()
                        .setKey(range.key())
                        .setRangeEnd(range.end())
                        .setStartRevision(1)
                        .setPrevKv(true);
        return List.of(
                new Try("KV/Range", plain),
                new Try("KV/Range", plain.toBuilder().setKeysOnly(true).build()),
                new Try("KV/Range", plain.toBuilder().setCountOnly(true).build()),
                new Try("KV/Range", plain.toBuilder().setRevision(2).setLimit(1).build()),
                new Try("KV/Range", plain.toBuilder().setSerializable(true).build()),
                new Try("KV/Txn", TxnRequest.newBuilder().addCompare(compare).build()),
                new Try("KV/Txn", TxnRequest.newBuilder().addSuccess(read).build()),
                new Try("KV/Txn", TxnRequest.newBuilder().addFailure(read).build()),
                new Try("KV/Txn", nested(read, 1)),
                new Try("KV/Txn", nested(read, 30)),
                new Try("Watch/Watch", WatchRequest.newBuilder().setCreateRequest(watch).build()));
    }

    /** Every way to change a range of keys, or its first one. */
    private static List<Try> writings(KeyRange range) {
        var delete =
                DeleteRangeRequest.newBuilder()
                        .setKey(range.key())
                        .setRangeEnd(range.end())
                        .build();
        var put = PutRequest.newBuilder().setKey(range.key()).setValue(bytes("evil")).build();
        var deleting = RequestOp.newBuilder().setRequestDeleteRange(delete).build();
        var tries = new ArrayList<Try>();
        tries.add(new Try("KV/DeleteRange", delete));
        tries.add(new Try("KV/DeleteRange", delete.toBuilder().setPrevKv(true).build()));
        tries.add(new Try("KV/Txn", TxnRequest.newBuilder().addSuccess(deleting).build()));
        tries.add(new Try("KV/Txn", nested(deleting, 30)));
        if (range.isOneKey()) {
            var putting = RequestOp.newBuilder().setRequestPut(put).build();
            tries.add(new Try("KV/Put", put));
            tries.add(new Try("KV/Put", put.toBuilder().setPrevKv(true).build()));
            tries.add(new Try("KV/Put", put.toBuilder().clearValue().setIgnoreValue(true).build()));
            tries.add(new Try("KV/Txn", TxnRequest.newBuilder().addFailure(putting).build()));
            tries.add(new Try("KV/Txn", nested(putting, 30)));
        }
        return tries;
    }

    private static TxnRequest nested(RequestOp innermost, int depth) {
        var txn = TxnRequest.newBuilder().addSuccess(innermost).build();
        for (int i = 0; i < depth; i++) {
            txn =
                    TxnRequest.newBuilder()
                            .addFailure(RequestOp.newBuilder().setRequestTxn(txn))
                            .build();
        }
        return txn;
    }

    @Test
    void nothingIsLearntOfWhatIsNotItsOwn() throws Exception {
        for (var range : forbidden()) {
            for (var attempt : readings(range)) {
                var outcome = calls.call("etcdserverpb." + attempt.call(), attempt.request());
                var what = attempt.call() + " of " + range.description();
                assertFalse(outcome.contains(SECRET), what);
                if (attempt.call().equals("Watch/Watch")) {
                    assertTrue(outcome.contains("Denied") || outcome.contains("empty"), what);
                } else {
                    assertTrue(
                            Set.of(Status.Code.PERMISSION_DENIED, Status.Code.INVALID_ARGUMENT)
                                    .contains(outcome.code()),
                            () -> what + " " + outcome.status());
                }
            }
        }
        assertTrue(door.sawSomeOf(Violation.Kind.READING));
        assertTold();
    }

    @Test
    void nothingIsChangedOfWhatIsNotItsOwn() throws Exception {
        var ranges = new ArrayList<>(forbidden());
        ranges.add(KeyRange.of(bytes("/_mgmt/hosts/h1/graph")));
        ranges.add(KeyRange.of(bytes("/_mgmt/fleet")));
        for (var range : ranges) {
            for (var attempt : writings(range)) {
                var outcome = calls.call("etcdserverpb." + attempt.call(), attempt.request());
                assertTrue(
                        Set.of(Status.Code.PERMISSION_DENIED, Status.Code.INVALID_ARGUMENT)
                                .contains(outcome.code()),
                        () -> attempt.call() + " of " + range.description() + outcome.status());
            }
        }
        assertUntouched();
        assertTrue(door.sawSomeOf(Violation.Kind.WRITING));
        assertTold();
    }

    /** A million refusals are a handful of lines, each of which is short. */
    private void assertTold() {
        assertTrue(door.violations().size() < 12, () -> door.violations().toString());
        for (var violation : door.violations()) {
            assertTrue(violation.deed().length() < 600, violation::deed);
        }
    }

    private void assertUntouched() {
        for (var entry : store.read("").entries()) {
            assertTrue(
                    entry.value().equals(SECRET) || Set.of("own", "fleet").contains(entry.value()),
                    entry::toString);
        }
        assertEquals(12, store.read("").entries().size());
    }

    @Test
    void anothersLeaseIsNotToBeHad() throws Exception {
        try (var other = new HostDoor(server, "h2");
                var owner = new RawClient(other.port())) {
            long lease =
                    owner.lease()
                            .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(60).build())
                            .getID();
            var own = PutRequest.newBuilder().setKey(bytes("/_mgmt/hosts/h1/status"));
            for (var attempt :
                    List.of(
                            new Try(
                                    "Lease/LeaseRevoke",
                                    LeaseRevokeRequest.newBuilder().setID(lease).build()),
                            new Try(
                                    "Lease/LeaseKeepAlive",
                                    LeaseKeepAliveRequest.newBuilder().setID(lease).build()),
                            new Try(
                                    "Lease/LeaseTimeToLive",
                                    LeaseTimeToLiveRequest.newBuilder()
                                            .setID(lease)
                                            .setKeys(true)
                                            .build()),
                            new Try("KV/Put", own.setLease(lease).build()))) {
                var outcome = calls.call("etcdserverpb." + attempt.call(), attempt.request());
                assertEquals(Status.Code.PERMISSION_DENIED, outcome.code(), attempt.call());
            }
            var taken =
                    calls.call(
                            "etcdserverpb.Lease/LeaseGrant",
                            LeaseGrantRequest.newBuilder().setID(lease).setTTL(60).build());
            assertEquals(Status.Code.FAILED_PRECONDITION, taken.code());
            assertTrue(door.sawSomeOf(Violation.Kind.LEASE));
            assertEquals(60, owner.keepAlive(lease).getTTL());
        }
    }
}
