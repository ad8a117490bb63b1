package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.grpc.stub.StreamObserver;

/** etcdserverpb.Cluster: its one member can neither be changed nor joined. */
final class ClusterService extends ClusterGrpc.ClusterImplBase {
    @Override
    public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> out) {
        Answer.to(out, gate -> gate.members());
    }
}
