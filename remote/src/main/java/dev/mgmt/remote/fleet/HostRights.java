package dev.mgmt.remote.fleet;

import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.tunnel.etcd.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each host may touch in the store. Follows the graph that a host was given: only who collects
 * may read what others export, and only whose templates read values may read those of others.
 */
final class HostRights {
    private final Map<String, Rights> byHost = new ConcurrentHashMap<>();

    /** To be called before the graph is written, so that its host never finds the gate closed. */
    void grant(String host, GraphDefinition graph) {
        List<String> readable = new ArrayList<>();
        readable.add(StoreKeys.graph(host));
        readable.add(StoreKeys.variables(host));
        readable.add(StoreKeys.FLEET);
        readable.add(StoreKeys.exports(host));
        readable.add(StoreKeys.valuesOf(host));
        // Whatever it collects may count on the fleet: who waits for what is no secret in it.
        readable.add(StoreKeys.SEMAPHORES);
        if (!graph.collects().isEmpty()) {
            readable.add(StoreKeys.EXPORTS);
        }
        if (!graph.keys().isEmpty()) {
            readable.add(StoreKeys.VALUES);
        }
        List<String> writable =
                List.of(
                        StoreKeys.status(host),
                        StoreKeys.facts(host),
                        StoreKeys.exports(host),
                        StoreKeys.valuesOf(host),
                        StoreKeys.placesOf(host));
        byHost.put(host, new Rights(readable, writable));
    }

    Rights of(String host) {
        return byHost.getOrDefault(host, new Rights(List.of(), List.of()));
    }
}
