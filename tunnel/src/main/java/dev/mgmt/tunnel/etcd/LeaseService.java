package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** etcdserverpb.Lease */
final class LeaseService extends LeaseGrpc.LeaseImplBase {
    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> out) {
        Answer.to(out, () -> Visit.gate().grant(request));
    }

    @Override
    public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> out) {
        Answer.to(out, () -> Visit.gate().revoke(request));
    }

    @Override
    public void leaseTimeToLive(
            LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> out) {
        Answer.to(out, () -> Visit.gate().timeToLive(request));
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(
            StreamObserver<LeaseKeepAliveResponse> out) {
        return new KeepAlives(Visit.gate(), out);
    }

    /** One answer for each request; a refusal ends the stream, as in etcd. */
    private static final class KeepAlives implements StreamObserver<LeaseKeepAliveRequest> {
        private final Gate gate;
        private final StreamObserver<LeaseKeepAliveResponse> out;
        private boolean ended;

        private KeepAlives(Gate gate, StreamObserver<LeaseKeepAliveResponse> out) {
            this.gate = gate;
            this.out = out;
        }

        @Override
        public void onNext(LeaseKeepAliveRequest request) {
            if (ended) {
                return;
            }
            try {
                out.onNext(gate.keepAlive(request));
            } catch (StatusRuntimeException refusal) {
                ended = true;
                out.onError(refusal);
            }
        }

        @Override
        public void onError(Throwable cause) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            if (!ended) {
                out.onCompleted();
            }
        }
    }
}
