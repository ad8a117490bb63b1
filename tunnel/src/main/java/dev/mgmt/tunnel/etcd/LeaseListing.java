package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * etcdserverpb.Lease/LeaseLeases, which etcd has and the generated service does not: its messages
 * are written by the field numbers of etcd's rpc.proto.
 */
final class LeaseListing {
    private static final int RESPONSE_HEADER = 1;
    private static final int RESPONSE_LEASES = 2;
    private static final int LEASE_ID = 1;

    private LeaseListing() {}

    /** The service with the missing call added. */
    static ServerServiceDefinition in(BindableService service) {
        var generated = service.bindService();
        var name = generated.getServiceDescriptor().getName();
        var method =
                MethodDescriptor.<Empty, Empty>newBuilder()
                        .setType(MethodType.UNARY)
                        .setFullMethodName(
                                MethodDescriptor.generateFullMethodName(name, "LeaseLeases"))
                        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .build();
        var descriptor = ServiceDescriptor.newBuilder(name);
        generated.getMethods().forEach(known -> descriptor.addMethod(known.getMethodDescriptor()));
        var completed = ServerServiceDefinition.builder(descriptor.addMethod(method).build());
        generated.getMethods().forEach(completed::addMethod);
        return completed.addMethod(method, ServerCalls.asyncUnaryCall(LeaseListing::list)).build();
    }

    private static void list(Empty request, StreamObserver<Empty> out) {
        Answer.to(
                out,
                gate -> {
                    var leases = gate.leases();
                    return message(gate.status().getHeader().toByteString(), leases);
                });
    }

    private static Empty message(ByteString header, Iterable<Long> leases) {
        var ids = Field.newBuilder();
        for (long lease : leases) {
            ids.addLengthDelimited(
                    UnknownFieldSet.newBuilder()
                            .addField(LEASE_ID, Field.newBuilder().addVarint(lease).build())
                            .build()
                            .toByteString());
        }
        var fields =
                UnknownFieldSet.newBuilder()
                        .addField(
                                RESPONSE_HEADER,
                                Field.newBuilder().addLengthDelimited(header).build())
                        .addField(RESPONSE_LEASES, ids.build())
                        .build();
        return Empty.newBuilder().setUnknownFields(fields).build();
    }
}
