package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;

/** Prints a message when it runs. */
public record PrintResource(ResourceId id, Meta meta, String message) implements Resource {
    /** What was said is said: nothing is to be undone. */
    @Override
    public Optional<Resource> reversed() {
        return Optional.of(new NoopResource(id, meta, ""));
    }
}
