package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.ResourceId;

/**
 * Names one vertex for as long as it is in the graph: a changed resource of the same id is another
 * vertex, so that what the old one still reports is not taken for news of the new one.
 *
 * @param serial unique in an engine's life
 */
public record Ticket(long serial, ResourceId id) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Ticket that && serial == that.serial;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(serial);
    }

    @Override
    public String toString() {
        return id + "#" + serial;
    }
}
