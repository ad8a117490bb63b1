package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import dev.mgmt.tunnel.etcd.Revisions.Commit;
import io.etcd.jetcd.api.KeyValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each visitor, by name, holds in the store: keys it wrote last, its leases, its watches. One
 * monitor guards all accounts; nothing is called while it is held.
 */
final class Accounts {
    private final Map<String, Account> accounts = new HashMap<>();

    /** Of writes announced and not settled: several may be about the same key. */
    private final Map<ByteString, List<Account>> writers = new HashMap<>();

    private final Map<ByteString, Account> keyHolders = new HashMap<>();
    private final Map<Long, Account> leaseHolders = new HashMap<>();

    /** Guarded by the accounts' monitor. */
    private static final class Account {
        private final Map<ByteString, Integer> keys = new HashMap<>();
        private final Set<Long> leases = new HashSet<>();
        private long bytes;
        private long announcedKeys;
        private long announcedBytes;
        private int watches;
    }

    private Account account(String visitor) {
        return accounts.computeIfAbsent(visitor, _ -> new Account());
    }

    /**
     * A visitor is about to write: counted from now on, so that many calls at once cannot pass the
     * limit together.
     *
     * @return what would be too much about it; then nothing was noted
     */
    synchronized Optional<String> announce(String visitor, List<KeyValue> writes, Limits limits) {
        var account = account(visitor);
        long keys = account.keys.size() + account.announcedKeys;
        long bytes = account.bytes + account.announcedBytes;
        for (var write : writes) {
            keys += account.keys.containsKey(write.getKey()) ? 0 : 1;
            bytes += size(write);
        }
        if (keys > limits.keys()) {
            return Optional.of("more than " + limits.keys() + " keys");
        }
        if (bytes > limits.bytes()) {
            return Optional.of("more than " + limits.bytes() + " bytes");
        }
        for (var write : writes) {
            writers.computeIfAbsent(write.getKey(), _ -> new ArrayList<>(1)).add(account);
            account.announcedKeys++;
            account.announcedBytes += size(write);
        }
        return Optional.empty();
    }

    /** What was announced has happened or will not. */
    synchronized void settle(String visitor, List<KeyValue> writes) {
        var account = account(visitor);
        for (var write : writes) {
            writers.computeIfPresent(
                    write.getKey(),
                    (_, waiting) -> {
                        waiting.remove(account);
                        return waiting.isEmpty() ? null : waiting;
                    });
            account.announcedKeys--;
            account.announcedBytes -= size(write);
        }
    }

    /**
     * Who announced a write holds the key; what is deleted, by whomever or by a lease's end, nobody
     * holds.
     */
    synchronized void committed(Commit commit) {
        for (var change : commit.changes()) {
            var key = change.after().getKey();
            release(key);
            var waiting = writers.get(key);
            if (!change.isDeletion() && waiting != null) {
                var writer = waiting.getLast();
                keyHolders.put(key, writer);
                writer.keys.put(key, size(change.after()));
                writer.bytes += size(change.after());
            }
        }
    }

    private void release(ByteString key) {
        var holder = keyHolders.remove(key);
        if (holder != null) {
            var size = holder.keys.remove(key);
            holder.bytes -= size == null ? 0 : size;
        }
    }

    private static int size(KeyValue write) {
        return write.getKey().size() + write.getValue().size();
    }

    synchronized boolean hasLeasesLeft(String visitor, Limits limits) {
        return account(visitor).leases.size() < limits.leases();
    }

    synchronized void granted(String visitor, long lease) {
        account(visitor).leases.add(lease);
        leaseHolders.put(lease, account(visitor));
    }

    synchronized void leaseEnded(long lease) {
        var holder = leaseHolders.remove(lease);
        if (holder != null) {
            holder.leases.remove(lease);
        }
    }

    /** A lease that nobody holds is nobody's: the store will say that it does not exist. */
    synchronized boolean isSomebodyElses(String visitor, long lease) {
        var holder = leaseHolders.get(lease);
        return holder != null && holder != account(visitor);
    }

    synchronized boolean isNobodys(long lease) {
        return !leaseHolders.containsKey(lease);
    }

    synchronized boolean takeWatch(String visitor, Limits limits) {
        var account = account(visitor);
        if (account.watches >= limits.watches()) {
            return false;
        }
        account.watches++;
        return true;
    }

    synchronized void releaseWatch(String visitor) {
        account(visitor).watches--;
    }
}
