package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls of any name with any bytes, which no generated stub would send. */
final class RawCalls {
    private static final int ANSWERS = 1000;

    private final Channel channel;

    RawCalls(Channel channel) {
        this.channel = channel;
    }

    /**
     * @param answers one after the other
     */
    record Outcome(Status status, ByteString answers) {
        boolean contains(String text) {
            return answers.toString(java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        }

        Status.Code code() {
            return status.getCode();
        }
    }

    static String name(MethodDescriptor method) {
        return method.getService().getFullName() + "/" + method.getName();
    }

    Outcome call(String name, MessageLite request) throws Exception {
        return call(name, request.toByteArray());
    }

    /** One request, then no more; waits for the call's end. */
    Outcome call(String name, byte[] request) throws Exception {
        var method =
                io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodType.BIDI_STREAMING)
                        .setFullMethodName(name)
                        .setRequestMarshaller(new Bytes())
                        .setResponseMarshaller(new Bytes())
                        .build();
        var end = new CompletableFuture<Outcome>();
        ClientCall<byte[], byte[]> call =
                channel.newCall(
                        method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
        call.start(new Gathering(end), new Metadata());
        call.request(ANSWERS);
        call.sendMessage(request);
        call.halfClose();
        return end.get(30, TimeUnit.SECONDS);
    }

    private static final class Gathering extends ClientCall.Listener<byte[]> {
        private final CompletableFuture<Outcome> end;
        private ByteString answers = ByteString.EMPTY;

        private Gathering(CompletableFuture<Outcome> end) {
            this.end = end;
        }

        @Override
        public void onMessage(byte[] message) {
            answers = answers.concat(ByteString.copyFrom(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end.complete(new Outcome(status, answers));
        }
    }

    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
