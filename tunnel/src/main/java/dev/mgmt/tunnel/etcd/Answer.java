package dev.mgmt.tunnel.etcd;

import com.google.protobuf.MessageLite;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** How a call with one answer ends: with it, or with the refusal. */
final class Answer {
    private Answer() {}

    static <T extends MessageLite> void to(StreamObserver<T> out, Function<Gate, T> call) {
        var gate = Visit.gate();
        T answer;
        try {
            answer = call.apply(gate);
            account(gate, answer.getSerializedSize(), out);
        } catch (StatusRuntimeException refusal) {
            out.onError(refusal);
            return;
        }
        out.onNext(answer);
        out.onCompleted();
    }

    private static void account(Gate gate, long bytes, StreamObserver<?> out) {
        if (out instanceof ServerCallStreamObserver<?> call) {
            gate.requireRoomFor(bytes);
            var gone = new AtomicBoolean();
            Runnable end =
                    () -> {
                        if (!gone.getAndSet(true)) {
                            gate.taken(bytes);
                        }
                    };
            call.setOnCloseHandler(end);
            call.setOnCancelHandler(end);
        }
    }
}
