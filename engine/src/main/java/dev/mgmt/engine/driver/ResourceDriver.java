package dev.mgmt.engine.driver;

import dev.mgmt.engine.resource.Resource;

/**
 * Makes resources of one kind true. A driver holds nothing of a single vertex: that is in the
 * {@link Keeper} it makes for each.
 */
public interface ResourceDriver<R extends Resource> {
    /** How the driver learns that the resource may have drifted. Reads the resource only. */
    Freshness freshness(R resource);

    /** Takes a vertex into care. Does no I/O: called for all vertices of a graph in one go. */
    Keeper keeper(R resource, OutputListener output);

    /** How a driver learns of drift, where {@code poll} does not replace it. */
    enum Freshness {
        /** {@link Keeper#watch} tells. */
        WATCHED,
        /** Nothing outside the engine changes it. */
        SETTLED
    }
}
