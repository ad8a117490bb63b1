package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;

/** Does nothing and is always good: a place for edges to meet. */
public record NoopResource(ResourceId id, Meta meta, String comment) implements Resource {
    /** Nothing is to be undone. */
    @Override
    public Optional<Resource> reversed() {
        return Optional.of(this);
    }
}
