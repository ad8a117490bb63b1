package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.stub.StreamObserver;

/** etcdserverpb.Auth: who a visitor is, its connection tells. There are no users. */
final class AuthService extends AuthGrpc.AuthImplBase {
    @Override
    public void authenticate(
            AuthenticateRequest request, StreamObserver<AuthenticateResponse> out) {
        out.onError(Refusal.AUTH_NOT_ENABLED.exception());
    }
}
