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
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** etcdserverpb.Lease */
final class LeaseService extends LeaseGrpc.LeaseImplBase {
    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> out) {
        Answer.to(out, gate -> gate.grant(request));
    }

    @Override
    public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> out) {
        Answer.to(out, gate -> gate.revoke(request));
    }

    @Override
    public void leaseTimeToLive(
            LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> out) {
        Answer.to(out, gate -> gate.timeToLive(request));
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(
            StreamObserver<LeaseKeepAliveResponse> out) {
        return new KeepAlives(Visit.gate(), (ServerCallStreamObserver<LeaseKeepAliveResponse>) out);
    }

    /**
     * One answer for each request; a refusal ends the stream, as in etcd. The next request is asked
     * for when there is room for its answer, so that a client that does not read costs no memory.
     */
    private static final class KeepAlives implements StreamObserver<LeaseKeepAliveRequest> {
        private final Gate gate;
        private final ServerCallStreamObserver<LeaseKeepAliveResponse> out;
        private boolean ended;
        private boolean waiting;

        private KeepAlives(Gate gate, ServerCallStreamObserver<LeaseKeepAliveResponse> out) {
            this.gate = gate;
            this.out = out;
            out.disableAutoRequest();
            // Like all of a call's events it comes when no other of them is being worked on.
            out.setOnReadyHandler(
                    () -> {
                        if (waiting) {
                            askForMore();
                        }
                    });
            out.request(1);
        }

        private void askForMore() {
            waiting = !out.isReady();
            if (!waiting) {
                out.request(1);
            }
        }

        @Override
        public void onNext(LeaseKeepAliveRequest request) {
            if (ended) {
                return;
            }
            try {
                out.onNext(gate.keepAlive(request));
                askForMore();
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
                ended = true;
                out.onCompleted();
            }
        }
    }
}
