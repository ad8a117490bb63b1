package dev.mgmt.tunnel.etcd;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** How a call with one answer ends: with it, or with the refusal. */
final class Answer {
    private Answer() {}

    static <T> void to(StreamObserver<T> out, Supplier<T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (StatusRuntimeException refusal) {
            out.onError(refusal);
            return;
        }
        out.onNext(answer);
        out.onCompleted();
    }
}
