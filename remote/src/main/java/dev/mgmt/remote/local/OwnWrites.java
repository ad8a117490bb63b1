package dev.mgmt.remote.local;

import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Condition;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process has put into a store for good: without a condition and without a lease. A store
 * that has none of it any more is not the one it was put into.
 */
final class OwnWrites {
    /** etcd takes 128 operations in one transaction. */
    private static final int AT_ONCE = 100;

    private final Map<String, String> values = new TreeMap<>();

    /** Of a transaction that was carried out. */
    synchronized void remember(Transaction transaction) {
        if (!transaction.conditions().isEmpty()) {
            return;
        }
        for (Write write : transaction.writes()) {
            switch (write) {
                case Write.Put(String key, String value, long lease) when lease == 0 ->
                        values.put(key, value);
                case Write.Put(String key, _, _) -> values.remove(key);
                case Write.Delete(String key) -> values.remove(key);
            }
        }
    }

    /** Also makes sure that whoever is at the other end is a store that answers us. */
    void restore(World world) throws WorldException, InterruptedException {
        List<Condition> missing = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (Map.Entry<String, String> value : copy().entrySet()) {
            missing.add(new Condition(value.getKey(), 0));
            writes.add(new Write.Put(value.getKey(), value.getValue(), 0));
            if (writes.size() == AT_ONCE) {
                world.commit(new Transaction(missing, writes));
                missing.clear();
                writes.clear();
            }
        }
        if (writes.isEmpty()) {
            world.read(StoreKeys.FLEET);
        } else {
            world.commit(new Transaction(missing, writes));
        }
    }

    private synchronized Map<String, String> copy() {
        return Map.copyOf(values);
    }
}
