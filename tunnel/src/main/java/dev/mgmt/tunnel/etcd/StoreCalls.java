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
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/**
 * What lies behind the gate: the store in this process now, a real etcd once seeds are given.
 * Refusals are gRPC status exceptions with etcd's texts. Calls may block.
 */
interface StoreCalls {
    RangeResponse range(RangeRequest request);

    PutResponse put(PutRequest request);

    DeleteRangeResponse deleteRange(DeleteRangeRequest request);

    TxnResponse txn(TxnRequest request);

    CompactionResponse compact(CompactionRequest request);

    LeaseGrantResponse grant(LeaseGrantRequest request);

    LeaseRevokeResponse revoke(LeaseRevokeRequest request);

    LeaseKeepAliveResponse keepAlive(LeaseKeepAliveRequest request);

    LeaseTimeToLiveResponse timeToLive(LeaseTimeToLiveRequest request);

    List<Long> leases();

    MemberListResponse members();

    StatusResponse status();

    /**
     * One stream with any number of watches.
     *
     * @param out must not have been written to yet; whoever answers owns it from now on
     */
    StreamObserver<WatchRequest> watch(
            ServerCallStreamObserver<WatchResponse> out, WatchPermit permit);

    /** Asked for each watch before it begins, and told when it ends. */
    interface WatchPermit {
        /** Empty: it may begin. */
        Optional<Refusal> begin(KeyRange range);

        void ended();

        /** Once, when the call that all these watches were made over has ended. */
        void callEnded();
    }
}
