package dev.mgmt.tunnel.etcd;

import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.AlarmResponse;
import io.etcd.jetcd.api.DefragmentRequest;
import io.etcd.jetcd.api.DefragmentResponse;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.stub.StreamObserver;

/**
 * etcdserverpb.Maintenance: there is no file to defragment and nothing to raise an alarm about.
 * What asks for a file or another member is not implemented.
 */
final class MaintenanceService extends MaintenanceGrpc.MaintenanceImplBase {
    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> out) {
        Answer.to(out, gate -> gate.status());
    }

    @Override
    public void alarm(AlarmRequest request, StreamObserver<AlarmResponse> out) {
        Answer.to(
                out,
                gate -> {
                    gate.requireOwner("ask for alarms");
                    return AlarmResponse.newBuilder().setHeader(gate.status().getHeader()).build();
                });
    }

    @Override
    public void defragment(DefragmentRequest request, StreamObserver<DefragmentResponse> out) {
        Answer.to(
                out,
                gate -> {
                    gate.requireOwner("defragment the store");
                    return DefragmentResponse.newBuilder()
                            .setHeader(gate.status().getHeader())
                            .build();
                });
    }
}
