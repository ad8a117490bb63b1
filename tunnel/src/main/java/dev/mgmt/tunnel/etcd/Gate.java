package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.CompactionResponse;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.StatusResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Stands between one connection's visitor and the store: the only way from the protocol to the
 * store leads through here. A request has to make sense ({@link RequestRules}) and be allowed
 * ({@link Permissions}) before the store sees it.
 */
final class Gate {
    private final Permissions permissions;
    private final StoreCalls store;

    /** Fair among the calls of one visitor; others do not wait here. */
    private final Semaphore turns = new Semaphore(Limits.CALLS_IN_THE_STORE, true);

    Gate(Permissions permissions, StoreCalls store) {
        this.permissions = permissions;
        this.store = store;
    }

    RangeResponse range(RangeRequest request) {
        RequestRules.check(request);
        permissions.check(request);
        return inTurn(() -> store.range(request));
    }

    PutResponse put(PutRequest request) {
        RequestRules.check(request);
        permissions.check(request);
        return permissions.writing(
                List.of(Permissions.keyValue(request)), () -> inTurn(() -> store.put(request)));
    }

    DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
        RequestRules.check(request);
        permissions.check(request);
        return inTurn(() -> store.deleteRange(request));
    }

    TxnResponse txn(TxnRequest request) {
        permissions.requireModest(request);
        RequestRules.check(request);
        permissions.check(request);
        return permissions.writing(
                Permissions.puts(request), () -> inTurn(() -> store.txn(request)));
    }

    CompactionResponse compact(CompactionRequest request) {
        permissions.requireOwner("compact the store");
        return store.compact(request);
    }

    LeaseGrantResponse grant(LeaseGrantRequest request) {
        permissions.requireMayGrant();
        var answer = store.grant(request);
        permissions.granted(answer.getID());
        return answer;
    }

    LeaseRevokeResponse revoke(LeaseRevokeRequest request) {
        permissions.requireOwnLease(request.getID());
        return store.revoke(request);
    }

    LeaseKeepAliveResponse keepAlive(LeaseKeepAliveRequest request) {
        permissions.requireOwnLease(request.getID());
        return store.keepAlive(request);
    }

    LeaseTimeToLiveResponse timeToLive(LeaseTimeToLiveRequest request) {
        permissions.requireOwnLease(request.getID());
        return store.timeToLive(request);
    }

    List<Long> leases() {
        permissions.requireOwner("list all leases");
        return store.leases();
    }

    /** Says nothing about what is stored: anyone may ask. */
    MemberListResponse members() {
        return store.members();
    }

    /** Says nothing about what is stored: anyone may ask. */
    StatusResponse status() {
        return store.status();
    }

    void requireOwner(String act) {
        permissions.requireOwner(act);
    }

    StreamObserver<WatchRequest> watch(ServerCallStreamObserver<WatchResponse> out) {
        permissions.requireMayWatch();
        return store.watch(out, permissions);
    }

    private <T> T inTurn(Supplier<T> call) {
        turns.acquireUninterruptibly();
        try {
            return call.get();
        } finally {
            turns.release();
        }
    }

    /** To be told what becomes of the answer: {@link #taken}, if this does not refuse it. */
    void requireRoomFor(long bytes) {
        permissions.requireRoomFor(bytes);
    }

    /** The answer has left for the visitor, or never will. */
    void taken(long bytes) {
        permissions.taken(bytes);
    }

    void unknownCall(String name) {
        permissions.unknownCall(name);
    }

    /** Holds a connection's streams to {@link FrameRules}, unless the owner is at its end. */
    GuardedStreams guard(Timing timing) {
        return new GuardedStreams(new FrameRules(timing), permissions::brokenOff);
    }

    boolean isOwners() {
        return permissions.isOwner();
    }

    /** Nothing will be called over this connection any more. */
    void left() {
        permissions.end();
    }

    /** Ends at once what would otherwise live on until its time is over. */
    void revokeAllGranted() {
        for (long lease : permissions.leases()) {
            try {
                store.revoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
            } catch (StatusRuntimeException _) {
                // Expired or revoked before: that is what is wanted.
            }
        }
    }
}
