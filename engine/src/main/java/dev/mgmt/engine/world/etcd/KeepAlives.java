package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.World.Lease;
import dev.mgmt.engine.world.WorldException;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all leases of a world alive over one LeaseKeepAlive call, which the first lease opens: each
 * is renewed three times in its time to live. A lease that the store has ended nevertheless (this
 * host slept) shows in the next write with it, which fails.
 */
final class KeepAlives {
    private final Connection connection;
    private final Map<Long, ScheduledFuture<?>> renewals = new ConcurrentHashMap<>();
    private @Nullable StreamObserver<LeaseKeepAliveRequest> requests;

    KeepAlives(Connection connection) {
        this.connection = connection;
    }

    /** Times to live are whole seconds, at least one; the store may lengthen them. */
    Lease grant(Duration ttl) throws WorldException, InterruptedException {
        long seconds = Math.max(1, ttl.plusMillis(999).toSeconds());
        try {
            var granted =
                    connection.call(
                            LeaseGrpc.getLeaseGrantMethod(),
                            LeaseGrantRequest.newBuilder().setTTL(seconds).build());
            long millis = Duration.ofSeconds(granted.getTTL()).dividedBy(3).toMillis();
            renewals.put(granted.getID(), connection.every(millis, () -> renew(granted.getID())));
            return new Granted(granted.getID());
        } catch (StatusRuntimeException e) {
            throw Failure.of("cannot get a lease", e);
        }
    }

    private synchronized void renew(long id) {
        var open = requests;
        if (open == null) {
            open = connection.stream(LeaseGrpc.getLeaseKeepAliveMethod(), new Answers());
            requests = open;
        }
        open.onNext(LeaseKeepAliveRequest.newBuilder().setID(id).build());
    }

    private synchronized void forgetStream() {
        requests = null;
    }

    private void stopRenewing(long id) {
        var renewal = renewals.remove(id);
        if (renewal != null) {
            renewal.cancel(false);
        }
    }

    void close() {
        renewals.keySet().forEach(this::stopRenewing);
    }

    private final class Granted implements Lease {
        private final long id;

        private Granted(long id) {
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }

        /** Asks the store to end it at once, and does not wait for that. */
        @Override
        public void close() {
            stopRenewing(id);
            connection.tell(
                    LeaseGrpc.getLeaseRevokeMethod(),
                    LeaseRevokeRequest.newBuilder().setID(id).build());
        }
    }

    /** A stream that ended is opened again by the next renewal, if the connection still lives. */
    private final class Answers implements StreamObserver<LeaseKeepAliveResponse> {
        @Override
        public void onNext(LeaseKeepAliveResponse answer) {
            if (answer.getTTL() <= 0) {
                stopRenewing(answer.getID());
            }
        }

        @Override
        public void onError(Throwable cause) {
            forgetStream();
        }

        @Override
        public void onCompleted() {
            forgetStream();
        }
    }
}
