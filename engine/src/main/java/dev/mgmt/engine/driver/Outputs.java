package dev.mgmt.engine.driver;

import dev.mgmt.engine.resource.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What resources have for others to receive. Filled after good runs and before their ends are told,
 * so that whoever runs after a resource finds what it gave. Never shown: secrets may be among it.
 */
public final class Outputs {
    private final Map<ResourceId, Map<String, String>> given = new ConcurrentHashMap<>();

    /** Tells whether it is something else than before. */
    public boolean publish(ResourceId from, Map<String, String> outputs) {
        if (outputs.isEmpty()) {
            return given.remove(from) != null;
        }
        Map<String, String> before = given.put(from, Map.copyOf(outputs));
        return before == null || !before.equals(outputs);
    }

    /** The resource has left the graph. */
    public void withdraw(ResourceId from) {
        given.remove(from);
    }

    /** Empty if it was not given. */
    public Optional<String> find(ResourceId from, String output) {
        return Optional.ofNullable(given.getOrDefault(from, Map.of()).get(output));
    }
}
