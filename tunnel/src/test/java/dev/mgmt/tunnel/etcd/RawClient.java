package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** etcd's generated stubs over netty, and answers as text without the ids of a cluster. */
final class RawClient implements AutoCloseable {
    private final ManagedChannel channel;

    RawClient(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    ManagedChannel channel() {
        return channel;
    }

    KVGrpc.KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    LeaseGrpc.LeaseBlockingStub lease() {
        return LeaseGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    /** The answer, or code and text of the refusal. */
    static String text(Supplier<? extends MessageOrBuilder> call) {
        try {
            return text(call.get());
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() + ": " + e.getStatus().getDescription();
        }
    }

    static String text(MessageOrBuilder answer) {
        return TextFormat.printer()
                .printToString(answer)
                .replaceAll("(?m)^ *(cluster_id|member_id|raft_term): .*\n", "");
    }

    Watching watch() {
        return new Watching();
    }

    LeaseKeepAliveResponse keepAlive(long lease) throws InterruptedException {
        var answers = new LinkedBlockingQueue<LeaseKeepAliveResponse>();
        var requests =
                LeaseGrpc.newStub(channel)
                        .leaseKeepAlive(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(LeaseKeepAliveResponse answer) {
                                        answers.add(answer);
                                    }

                                    @Override
                                    public void onError(Throwable cause) {}

                                    @Override
                                    public void onCompleted() {}
                                });
        requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
        var answer = answers.poll(10, TimeUnit.SECONDS);
        requests.onCompleted();
        return answer == null ? LeaseKeepAliveResponse.getDefaultInstance() : answer;
    }

    /** One Watch call. */
    final class Watching implements StreamObserver<WatchResponse>, AutoCloseable {
        private final BlockingQueue<WatchResponse> answers = new LinkedBlockingQueue<>();
        private final BlockingQueue<Status> end = new LinkedBlockingQueue<>();
        private final StreamObserver<WatchRequest> requests =
                WatchGrpc.newStub(channel).watch(this);

        void ask(WatchRequest request) {
            requests.onNext(request);
        }

        WatchResponse next() throws InterruptedException {
            var answer = answers.poll(10, TimeUnit.SECONDS);
            return answer == null
                    ? WatchResponse.newBuilder().setCancelReason("nothing within 10 s").build()
                    : answer;
        }

        /** News as lines, however they were cut into answers. */
        String events(int count) throws InterruptedException {
            var lines = new StringBuilder();
            for (int left = count; left > 0; ) {
                var answer = next();
                for (var event : answer.getEventsList()) {
                    lines.append(answer.getWatchId()).append(' ').append(text(event));
                }
                left -= Math.max(1, answer.getEventsCount());
            }
            return lines.toString();
        }

        Status end() throws InterruptedException {
            var status = end.poll(10, TimeUnit.SECONDS);
            return status == null ? Status.UNKNOWN : status;
        }

        boolean isSilent() {
            return answers.isEmpty();
        }

        @Override
        public void onNext(WatchResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable cause) {
            end.add(Status.fromThrowable(cause));
        }

        @Override
        public void onCompleted() {
            end.add(Status.OK);
        }

        @Override
        public void close() {
            requests.onCompleted();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
