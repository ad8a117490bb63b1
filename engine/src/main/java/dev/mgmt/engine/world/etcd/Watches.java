package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World.Listener;
import dev.mgmt.engine.world.World.Subscription;
import dev.mgmt.engine.world.WorldException;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * All watches of a world over one Watch call, which the first watch opens. The store answers
 * requests for watches in the order they were made: that is how an answer finds its watch.
 *
 * <p>The monitor guards the fields and the order of requests; no listener is called while it is
 * held.
 */
final class Watches {
    private final Connection connection;
    private final Queue<Watch> requested = new ArrayDeque<>();
    private final Map<Long, Watch> running = new HashMap<>();
    private @Nullable StreamObserver<WatchRequest> requests;

    Watches(Connection connection) {
        this.connection = connection;
    }

    /** Waits until the store has begun to watch. */
    Subscription open(String prefix, long from, Listener listener)
            throws WorldException, InterruptedException {
        var watch = new Watch(prefix, listener, this::cancel);
        request(watch, from);
        watch.awaitBegin();
        return watch;
    }

    private synchronized void request(Watch watch, long from) {
        var keys = Keys.below(watch.prefix());
        requested.add(watch);
        requests()
                .onNext(
                        WatchRequest.newBuilder()
                                .setCreateRequest(
                                        WatchCreateRequest.newBuilder()
                                                .setKey(keys.key())
                                                .setRangeEnd(keys.end())
                                                .setStartRevision(from))
                                .build());
    }

    private StreamObserver<WatchRequest> requests() {
        var open = requests;
        if (open == null) {
            open = connection.stream(WatchGrpc.getWatchMethod(), new Answers());
            requests = open;
        }
        return open;
    }

    private synchronized void cancel(long id) {
        var open = requests;
        if (running.remove(id) != null && open != null) {
            open.onNext(
                    WatchRequest.newBuilder()
                            .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id))
                            .build());
        }
    }

    /** Watches' owners close them: they hear of no end. */
    synchronized void close() {
        List.copyOf(running.values()).forEach(Watch::close);
    }

    private synchronized Optional<Watch> begin(WatchResponse answer) {
        var watch = Optional.ofNullable(requested.poll());
        if (!answer.getCanceled()) {
            watch.ifPresent(begun -> running.put(answer.getWatchId(), begun));
        }
        return watch;
    }

    private synchronized Optional<Watch> find(WatchResponse answer) {
        return Optional.ofNullable(
                answer.getCanceled()
                        ? running.remove(answer.getWatchId())
                        : running.get(answer.getWatchId()));
    }

    private synchronized List<Watch> endAll() {
        var all = new ArrayList<>(requested);
        all.addAll(running.values());
        requested.clear();
        running.clear();
        requests = null;
        return all;
    }

    private final class Answers implements StreamObserver<WatchResponse> {
        @Override
        public void onNext(WatchResponse answer) {
            if (answer.getCreated()) {
                begin(answer).ifPresent(watch -> watch.begun(answer));
                return;
            }
            find(answer).ifPresent(watch -> watch.hear(answer));
        }

        @Override
        public void onError(Throwable cause) {
            for (var watch : endAll()) {
                watch.end(Failure.of("the watch on " + watch.prefix() + " has ended", cause));
            }
        }

        @Override
        public void onCompleted() {
            onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }
}
