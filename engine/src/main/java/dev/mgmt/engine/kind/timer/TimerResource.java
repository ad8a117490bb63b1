package dev.mgmt.engine.kind.timer;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;

/**
 * Ticks: refreshes those it notifies, again and again.
 *
 * @param meta with the interval as its poll, which is what makes the engine come back to it
 */
public record TimerResource(ResourceId id, Meta meta) implements Resource {
    public TimerResource {
        if (!meta.poll().isPositive()) {
            throw new IllegalArgumentException(id + ": a timer without an interval");
        }
    }
}
