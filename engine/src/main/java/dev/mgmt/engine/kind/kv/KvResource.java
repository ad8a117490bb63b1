package dev.mgmt.engine.kind.kv;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;

/**
 * What this host says under a key in the shared store.
 *
 * @param value absent: it says nothing
 * @param keeps which other values are left as they are
 */
public record KvResource(ResourceId id, Meta meta, String key, Optional<String> value, Keeps keeps)
        implements Resource {
    /** Which other values are left as they are, unless there is a refresh. */
    public enum Keeps {
        NONE,
        /** Those that are greater, as whole numbers. */
        GREATER_NUMBERS,
        /** Those that are greater, as text. */
        GREATER_TEXTS
    }

    /** The host says nothing any more. */
    @Override
    public Optional<Resource> reversed() {
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new KvResource(id, meta, key, Optional.empty(), Keeps.NONE));
    }
}
