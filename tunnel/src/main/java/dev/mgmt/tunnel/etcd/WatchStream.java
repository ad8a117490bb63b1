package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import dev.mgmt.tunnel.etcd.StoreCalls.WatchPermit;
import dev.mgmt.tunnel.etcd.Watchers.Kind;
import dev.mgmt.tunnel.etcd.Watchers.Rest;
import dev.mgmt.tunnel.etcd.Watchers.Taken;
import dev.mgmt.tunnel.etcd.Watchers.Watcher;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The watches of one Watch call. The pump owns them all and is the only one to write to the call;
 * requests, news from the store, room in the transport and the call's end only wake it. It writes
 * nothing while the transport has no room, and asks for the next request after it has answered the
 * last: so a client that does not read costs no memory here, and nobody waits for it.
 */
final class WatchStream implements StreamObserver<WatchRequest> {
    private static final Duration PROGRESS_INTERVAL = Duration.ofMinutes(10);

    private final EmbeddedStore store;
    private final ServerCallStreamObserver<WatchResponse> out;
    private final WatchPermit permit;
    private final Pump pump = new Pump("store-watch", this::work);
    private final Queue<WatchRequest> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Long> due = new ConcurrentLinkedQueue<>();
    private final Queue<Long> progressDue = new ConcurrentLinkedQueue<>();
    private final Map<Long, Watch> watches = new LinkedHashMap<>();
    private long nextId;
    private boolean progressAsked;
    private boolean ended;
    private volatile boolean cancelled;
    private volatile boolean halfClosed;

    private static final class Watch {
        private final WatchCreateRequest request;
        private final Watcher watcher;
        private Duration lastSent;

        /** Forgets what was to be said of its progress. */
        private Runnable progressTimer = () -> {};

        private Watch(WatchCreateRequest request, Watcher watcher, Duration now) {
            this.request = request;
            this.watcher = watcher;
            this.lastSent = now;
        }
    }

    WatchStream(
            EmbeddedStore store, ServerCallStreamObserver<WatchResponse> out, WatchPermit permit) {
        this.store = store;
        this.out = out;
        this.permit = permit;
        out.disableAutoRequest();
        out.setOnReadyHandler(pump::signal);
        out.setOnCancelHandler(
                () -> {
                    cancelled = true;
                    pump.signal();
                });
        out.request(1);
    }

    @Override
    public void onNext(WatchRequest request) {
        requests.add(request);
        pump.signal();
    }

    @Override
    public void onError(Throwable cause) {
        cancelled = true;
        pump.signal();
    }

    @Override
    public void onCompleted() {
        halfClosed = true;
        pump.signal();
    }

    private void work() {
        while (!ended && !cancelled && out.isReady()) {
            if (!answerRequest() && !deliverNews() && !reportProgress()) {
                break;
            }
        }
        if (!ended && (cancelled || (halfClosed && requests.isEmpty()))) {
            end();
        }
    }

    private void end() {
        ended = true;
        for (var watch : watches.values()) {
            store.removeWatcher(watch.watcher);
            watch.progressTimer.run();
        }
        watches.keySet().forEach(_ -> permit.ended());
        watches.clear();
        permit.callEnded();
        if (!cancelled) {
            out.onCompleted();
        }
    }

    private boolean answerRequest() {
        var request = requests.poll();
        if (request == null) {
            return false;
        }
        switch (request.getRequestUnionCase()) {
            case CREATE_REQUEST -> create(request.getCreateRequest());
            case CANCEL_REQUEST -> cancel(request.getCancelRequest());
            case PROGRESS_REQUEST -> progressAsked = true;
            case REQUESTUNION_NOT_SET -> {}
        }
        out.request(1);
        return true;
    }

    private void create(WatchCreateRequest request) {
        var range = range(request);
        long revision = store.revision();
        if (!range.isOneKey()
                && !range.hasNoEnd()
                && KeyRange.ORDER.compare(range.key(), range.end()) >= 0) {
            refuse(-1, revision, "mvcc: watcher range is empty");
            return;
        }
        long id = NewerFields.watchId(request);
        if (id != 0 && watches.containsKey(id)) {
            refuse(-1, revision, "mvcc: duplicate watch ID provided on the WatchStream");
            return;
        }
        var refusal = permit.begin(range);
        if (refusal.isPresent()) {
            refuse(id, revision, refusal.get().asCancelReason());
            return;
        }
        begin(id == 0 ? freeId() : id, request, range, revision);
    }

    private long freeId() {
        while (watches.containsKey(nextId)) {
            nextId++;
        }
        return nextId++;
    }

    private void begin(long id, WatchCreateRequest request, KeyRange range, long revision) {
        long from = request.getStartRevision() == 0 ? revision + 1 : request.getStartRevision();
        var watcher =
                store.addWatcher(
                        range,
                        kinds(request),
                        from,
                        () -> {
                            due.add(id);
                            pump.signal();
                        });
        var watch = new Watch(request, watcher, store.timing().now());
        watches.put(id, watch);
        out.onNext(response(id, revision).setCreated(true).build());
        if (request.getProgressNotify()) {
            scheduleProgress(id, watch);
        }
    }

    private void refuse(long id, long revision, String reason) {
        out.onNext(
                response(id, revision)
                        .setCreated(true)
                        .setCanceled(true)
                        .setCancelReason(reason)
                        .build());
    }

    /** No key means from the first one on. */
    private static KeyRange range(WatchCreateRequest request) {
        ByteString key = request.getKey().isEmpty() ? KeyRange.ZERO : request.getKey();
        return new KeyRange(key, request.getRangeEnd());
    }

    private static Set<Kind> kinds(WatchCreateRequest request) {
        var kinds = EnumSet.allOf(Kind.class);
        for (var filter : request.getFiltersList()) {
            switch (filter) {
                case NOPUT -> kinds.remove(Kind.PUTS);
                case NODELETE -> kinds.remove(Kind.DELETIONS);
                case UNRECOGNIZED -> {}
            }
        }
        return kinds;
    }

    private void cancel(WatchCancelRequest request) {
        var watch = watches.remove(request.getWatchId());
        if (watch != null) {
            store.removeWatcher(watch.watcher);
            watch.progressTimer.run();
            permit.ended();
            out.onNext(response(request.getWatchId(), store.revision()).setCanceled(true).build());
        }
    }

    /** One watch's next portion; a watch with more left goes to the end of the queue. */
    private boolean deliverNews() {
        var id = due.poll();
        if (id == null) {
            return false;
        }
        var watch = watches.get(id);
        if (watch == null) {
            return true;
        }
        switch (store.take(watch.watcher)) {
            case Taken.News news -> deliver(id, watch, news);
            case Taken.Lost lost -> {
                watches.remove(id);
                watch.progressTimer.run();
                permit.ended();
                out.onNext(
                        response(id, 0)
                                .setCanceled(true)
                                .setCompactRevision(lost.compacted())
                                .build());
            }
        }
        return true;
    }

    private void deliver(long id, Watch watch, Taken.News news) {
        if (!news.commits().isEmpty()) {
            watch.lastSent = store.timing().now();
            WatchNews.of(watch.request, id, news).forEach(out::onNext);
        }
        if (news.rest() == Rest.MORE) {
            due.add(id);
        }
    }

    /** Said when every watch of the stream has been told everything, so that it is true. */
    private boolean reportProgress() {
        if (!progressAsked && progressDue.isEmpty()) {
            return false;
        }
        long revision = store.revision();
        if (!due.isEmpty()) {
            return true;
        }
        if (progressAsked) {
            progressAsked = false;
            out.onNext(response(-1, revision).build());
        } else {
            reportProgress(progressDue.remove(), revision);
        }
        return true;
    }

    private void reportProgress(long id, long revision) {
        var watch = watches.get(id);
        if (watch == null) {
            return;
        }
        var now = store.timing().now();
        if (now.minus(watch.lastSent).compareTo(PROGRESS_INTERVAL) >= 0) {
            watch.lastSent = now;
            out.onNext(response(id, revision).build());
        }
        scheduleProgress(id, watch);
    }

    private void scheduleProgress(long id, Watch watch) {
        watch.progressTimer =
                store.timing()
                        .after(
                                PROGRESS_INTERVAL,
                                () -> {
                                    progressDue.add(id);
                                    pump.signal();
                                });
    }

    private static WatchResponse.Builder response(long id, long revision) {
        return WatchResponse.newBuilder().setHeader(EmbeddedCalls.header(revision)).setWatchId(id);
    }
}
