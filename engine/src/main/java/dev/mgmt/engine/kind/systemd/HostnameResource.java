package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The host's names.
 *
 * @param wanted those that are managed; never empty
 */
public record HostnameResource(ResourceId id, Meta meta, Map<Name, String> wanted)
        implements Resource {
    public HostnameResource {
        wanted = Collections.unmodifiableMap(new EnumMap<>(wanted));
    }

    /** The names that a host has (hostnamectl(1)), in the order in which they are set. */
    public enum Name {
        /** For people. */
        PRETTY,
        /** What it is called after a start. */
        STATIC,
        /** What the kernel calls it now. */
        TRANSIENT
    }
}
