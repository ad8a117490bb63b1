package dev.mgmt.engine.exchange;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;

/**
 * A resource that cannot be known yet: its template reads what a host does not say in the store so
 * far. Once it does, the graph is built anew with the real one in its place.
 *
 * @param awaited what it waits for, in a few words
 */
public record AwaitingResource(ResourceId id, Meta meta, String awaited) implements Resource {
    /** To try again changes nothing: only the store does. */
    public static AwaitingResource in(ResourceId id, Meta meta, String awaited) {
        Meta once =
                new Meta(
                        meta.noop(),
                        Meta.Retries.NONE,
                        Duration.ZERO,
                        Meta.RateLimit.NONE,
                        Meta.NONE.semaphores(),
                        Duration.ZERO,
                        Meta.NONE.traits());
        return new AwaitingResource(id, once, awaited);
    }
}
