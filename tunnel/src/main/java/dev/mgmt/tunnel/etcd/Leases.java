package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which leases there are, until when, and the keys that hang on them. Not safe for use by several
 * threads: {@link EmbeddedStore} owns it. Times are those of the owner's {@link Timing}.
 */
final class Leases {
    /** As etcd with its usual election timeout: shorter ones are lengthened. */
    static final long SHORTEST_SECONDS = 2;

    static final long LONGEST_SECONDS = 9_000_000_000L;

    private final SortedMap<Long, Lease> leases = new TreeMap<>();

    static final class Lease {
        private final long id;
        private final long seconds;
        private final SortedSet<ByteString> keys = new TreeSet<>(KeyRange.ORDER);
        private Duration expiry;

        private Lease(long id, long seconds, Duration now) {
            this.id = id;
            this.seconds = seconds;
            this.expiry = now.plusSeconds(seconds);
        }

        long id() {
            return id;
        }

        long seconds() {
            return seconds;
        }

        long secondsLeft(Duration now) {
            return Math.max(0, expiry.minus(now).toSeconds());
        }

        List<ByteString> keys() {
            return List.copyOf(keys);
        }
    }

    Lease grant(long id, long seconds, Duration now) {
        if (seconds > LONGEST_SECONDS) {
            throw Refusal.LEASE_TTL_TOO_LARGE.exception();
        }
        if (leases.containsKey(id)) {
            throw Refusal.LEASE_EXISTS.exception();
        }
        var lease = new Lease(id, Math.max(seconds, SHORTEST_SECONDS), now);
        leases.put(id, lease);
        return lease;
    }

    boolean exists(long id) {
        return leases.containsKey(id);
    }

    Optional<Lease> find(long id) {
        return Optional.ofNullable(leases.get(id));
    }

    Lease require(long id) {
        return find(id).orElseThrow(Refusal.LEASE_NOT_FOUND::exception);
    }

    /** Answers the lease's whole time to live, or 0 if there is no such lease. */
    long renew(long id, Duration now) {
        return find(id).map(
                        lease -> {
                            lease.expiry = now.plusSeconds(lease.seconds);
                            return lease.seconds;
                        })
                .orElse(0L);
    }

    /** Everybody has the whole time again. */
    void renewAll(Duration now) {
        leases.values().forEach(lease -> lease.expiry = now.plusSeconds(lease.seconds));
    }

    void remove(long id) {
        leases.remove(id);
    }

    List<Long> ids() {
        return List.copyOf(leases.keySet());
    }

    /** Moves a changed key from the lease it hung on to the one it hangs on now. */
    void follow(Revisions.Change change) {
        var key = change.after().getKey();
        var before = change.before();
        if (before != null) {
            find(before.getLease()).ifPresent(lease -> lease.keys.remove(key));
        }
        find(change.after().getLease()).ifPresent(lease -> lease.keys.add(key));
    }

    List<Long> expired(Duration now) {
        return leases.values().stream()
                .filter(lease -> lease.expiry.compareTo(now) <= 0)
                .map(Lease::id)
                .toList();
    }

    Optional<Duration> nextExpiry() {
        return leases.values().stream().map(lease -> lease.expiry).min(Comparator.naturalOrder());
    }
}
