package dev.mgmt.remote.reach;

import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.tunnel.config.HostConfig;
import java.util.Map;

/**
 * How the hosts of one inventory are reached.
 *
 * @param configs by the host's name in the inventory
 */
public record Reach(Map<String, HostConfig> configs) {
    public Reach {
        configs = Map.copyOf(configs);
    }

    public HostConfig of(HostSpec host) {
        HostConfig config = configs.get(host.name());
        if (config == null) {
            throw new IllegalArgumentException("nobody has looked up " + host.name());
        }
        return config;
    }
}
