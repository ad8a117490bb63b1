package dev.mgmt.tunnel.etcd;

import com.google.protobuf.Empty;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import org.jspecify.annotations.Nullable;

/**
 * Calls that nobody here answers. gRPC would refuse them by itself, but without a word to the
 * visitor's owner.
 */
final class UnknownCalls extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
        var method =
                MethodDescriptor.<Empty, Empty>newBuilder()
                        .setType(MethodType.UNKNOWN)
                        .setFullMethodName(name)
                        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .build();
        return ServerMethodDefinition.create(method, new Refusing());
    }

    private static final class Refusing implements ServerCallHandler<Empty, Empty> {
        @Override
        public ServerCall.Listener<Empty> startCall(
                ServerCall<Empty, Empty> call, Metadata headers) {
            var name = call.getMethodDescriptor().getFullMethodName();
            call.close(
                    Status.UNIMPLEMENTED.withDescription("Method not found: " + name),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    /** A call whose visitor's owner hears of it if it is not answered to anybody. */
    static final class Told<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Gate gate;

        Told(ServerCall<Q, A> call, Gate gate) {
            super(call);
            this.gate = gate;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (status.getCode() == Status.Code.UNIMPLEMENTED) {
                gate.unknownCall(getMethodDescriptor().getFullMethodName());
            }
            super.close(status, trailers);
        }
    }
}
