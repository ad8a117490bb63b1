package dev.mgmt.engine.world.etcd;

import dev.mgmt.engine.world.grpc.Call;
import dev.mgmt.engine.world.grpc.CallFailed;
import dev.mgmt.engine.world.grpc.Channel;
import dev.mgmt.engine.world.grpc.Receiver;
import dev.mgmt.engine.world.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The leases that are to live on, renewed on one call of the Lease service each time a third of
 * their life is over: two renewals may fail before a lease does. Times are {@link
 * System#nanoTime}'s.
 */
final class KeepAlives implements Receiver {
    private static final int RENEWALS_PER_LIFE = 3;

    private static final class Renewal {
        private final long id;
        private long interval;
        private long due;

        private Renewal(long id) {
            this.id = id;
        }

        private void schedule(long seconds, long now) {
            interval = TimeUnit.SECONDS.toNanos(seconds) / RENEWALS_PER_LIFE;
            due = now + interval;
        }
    }

    private final Channel channel;

    /** Guarded by the monitor. */
    private final Map<Long, Renewal> renewals = new HashMap<>();

    /** Null if there is none. */
    private volatile @Nullable Call call;

    KeepAlives(Channel channel) {
        this.channel = channel;
    }

    synchronized void add(long lease, long seconds) {
        Renewal renewal = new Renewal(lease);
        renewal.schedule(seconds, System.nanoTime());
        renewals.put(lease, renewal);
    }

    /** Whether it was there until now. */
    synchronized boolean remove(long lease) {
        return renewals.remove(lease) != null;
    }

    /**
     * Renews what has to be. One that fails is tried again after its interval.
     *
     * @return when the next one has to be, at the latest the given time
     */
    long renewDue(long now, long latest) throws InterruptedException {
        for (long id : takeDue(now)) {
            renew(id);
        }
        return next(latest);
    }

    private synchronized List<Long> takeDue(long now) {
        List<Long> ids = new ArrayList<>();
        for (Renewal renewal : renewals.values()) {
            if (renewal.due - now <= 0) {
                renewal.due = now + renewal.interval;
                ids.add(renewal.id);
            }
        }
        return ids;
    }

    private synchronized long next(long latest) {
        long next = latest;
        for (Renewal renewal : renewals.values()) {
            if (renewal.due - next < 0) {
                next = renewal.due;
            }
        }
        return next;
    }

    private void renew(long id) throws InterruptedException {
        try {
            Call open = call;
            if (open == null) {
                open = channel.open(Requests.LEASE_KEEP_ALIVE, this);
                call = open;
            }
            open.send(Requests.lease(id));
        } catch (CallFailed _) {
            call = null;
        }
    }

    @Override
    public void message(byte[] message) {
        Call open = call;
        if (open != null) {
            open.consumed(message.length);
        }
        try {
            answered(Responses.granted(message));
        } catch (MalformedMessage _) {
            // As if there was no answer: the next renewal may bring one.
        }
    }

    /** The store may have ended it; then its keys are gone, which who watches them is told. */
    private synchronized void answered(Responses.Granted answer) {
        Renewal renewal = renewals.get(answer.id());
        if (renewal == null) {
            return;
        }
        if (answer.seconds() > 0) {
            renewal.schedule(answer.seconds(), System.nanoTime());
        } else {
            renewals.remove(answer.id());
        }
    }

    @Override
    public void ended(Status status) {
        call = null;
    }
}
