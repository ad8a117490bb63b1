package dev.mgmt.remote.fleet;

import dev.mgmt.remote.wire.StorePaths;
import dev.mgmt.tunnel.etcd.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each host may touch in the store. Follows the graph that a host was given: only who collects
 * may read what others export.
 */
final class HostRights {
    private final Map<String, Rights> byHost = new ConcurrentHashMap<>();

    /** To be called before the graph is written, so that its host never finds the gate closed. */
    void grant(String host, Set<String> collects) {
        List<String> readable = new ArrayList<>();
        readable.add(StorePaths.graph(host));
        readable.add(StorePaths.FLEET);
        readable.add(StorePaths.exports(host));
        if (!collects.isEmpty()) {
            readable.add(StorePaths.EXPORTS);
        }
        List<String> writable =
                List.of(StorePaths.status(host), StorePaths.facts(host), StorePaths.exports(host));
        byHost.put(host, new Rights(readable, writable));
    }

    Rights of(String host) {
        return byHost.getOrDefault(host, new Rights(List.of(), List.of()));
    }
}
