package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** etcdserverpb.Watch */
final class WatchService extends WatchGrpc.WatchImplBase {
    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> out) {
        try {
            return Visit.gate().watch((ServerCallStreamObserver<WatchResponse>) out);
        } catch (StatusRuntimeException refusal) {
            out.onError(refusal);
            return new Unheard();
        }
    }

    /** What is still said over a call that was refused. */
    private static final class Unheard implements StreamObserver<WatchRequest> {
        @Override
        public void onNext(WatchRequest request) {}

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}
    }
}
