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
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** etcd's calls, answered by the store in this process: a cluster of one that always leads. */
final class EmbeddedCalls implements StoreCalls {
    /** The API level that is spoken, and by whom. */
    private static final String VERSION = "3.4.0+mgmt";

    private static final long CLUSTER = 0x6d676d74_00000001L;
    private static final long MEMBER = 0x6d676d74_00000002L;
    private static final long TERM = 1;

    private final EmbeddedStore store;

    EmbeddedCalls(EmbeddedStore store) {
        this.store = store;
    }

    @Override
    public RangeResponse range(RangeRequest request) {
        var answer = store.execute((execution, _) -> execution.range(request));
        return answer.toBuilder().setHeader(complete(answer.getHeader())).build();
    }

    @Override
    public PutResponse put(PutRequest request) {
        var answer = store.execute((execution, _) -> execution.put(request));
        return answer.toBuilder().setHeader(complete(answer.getHeader())).build();
    }

    @Override
    public DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
        var answer = store.execute((execution, _) -> execution.delete(request));
        return answer.toBuilder().setHeader(complete(answer.getHeader())).build();
    }

    @Override
    public TxnResponse txn(TxnRequest request) {
        var answer = store.execute((execution, _) -> execution.txn(request));
        return answer.toBuilder().setHeader(complete(answer.getHeader())).build();
    }

    @Override
    public CompactionResponse compact(CompactionRequest request) {
        store.compact(request.getRevision());
        return CompactionResponse.newBuilder().setHeader(header()).build();
    }

    @Override
    public LeaseGrantResponse grant(LeaseGrantRequest request) {
        var lease = store.grant(request.getID(), request.getTTL());
        return LeaseGrantResponse.newBuilder()
                .setHeader(header())
                .setID(lease.id())
                .setTTL(lease.seconds())
                .build();
    }

    @Override
    public LeaseRevokeResponse revoke(LeaseRevokeRequest request) {
        store.revoke(request.getID());
        return LeaseRevokeResponse.newBuilder().setHeader(header()).build();
    }

    @Override
    public LeaseKeepAliveResponse keepAlive(LeaseKeepAliveRequest request) {
        var header = header();
        long ttl =
                store.execute((_, leases) -> leases.renew(request.getID(), store.timing().now()));
        return LeaseKeepAliveResponse.newBuilder()
                .setHeader(header)
                .setID(request.getID())
                .setTTL(ttl)
                .build();
    }

    @Override
    public LeaseTimeToLiveResponse timeToLive(LeaseTimeToLiveRequest request) {
        return store.execute((_, leases) -> timeToLive(request, leases)).build();
    }

    /** An unknown lease is answered, not refused. */
    private LeaseTimeToLiveResponse.Builder timeToLive(
            LeaseTimeToLiveRequest request, Leases leases) {
        var answer = LeaseTimeToLiveResponse.newBuilder().setID(request.getID());
        var found = leases.find(request.getID());
        if (found.isEmpty()) {
            return answer.setHeader(header()).setTTL(-1);
        }
        var lease = found.get();
        if (request.getKeys()) {
            answer.addAllKeys(lease.keys());
        }
        return answer.setHeader(header())
                .setTTL(lease.secondsLeft(store.timing().now()))
                .setGrantedTTL(lease.seconds());
    }

    @Override
    public List<Long> leases() {
        return store.execute((_, leases) -> leases.ids());
    }

    @Override
    public MemberListResponse members() {
        return MemberListResponse.newBuilder()
                .setHeader(header())
                .addMembers(Member.newBuilder().setID(MEMBER).setName("mgmt"))
                .build();
    }

    @Override
    public StatusResponse status() {
        long revision = store.revision();
        long bytes = store.liveBytes();
        return StatusResponse.newBuilder()
                .setHeader(header(revision))
                .setVersion(VERSION)
                .setDbSize(bytes)
                .setDbSizeInUse(bytes)
                .setLeader(MEMBER)
                .setRaftIndex(revision)
                .setRaftAppliedIndex(revision)
                .setRaftTerm(TERM)
                .build();
    }

    @Override
    public StreamObserver<WatchRequest> watch(
            ServerCallStreamObserver<WatchResponse> out, WatchPermit permit) {
        return new WatchStream(store, out, permit);
    }

    private ResponseHeader header() {
        return header(store.revision());
    }

    private static ResponseHeader complete(ResponseHeader header) {
        return header(header.getRevision());
    }

    static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(CLUSTER)
                .setMemberId(MEMBER)
                .setRevision(revision)
                .setRaftTerm(TERM)
                .build();
    }
}
