package dev.mgmt.engine.graph;

import static java.util.stream.Collectors.joining;

import dev.mgmt.engine.resource.ResourceId;
import java.util.List;

/**
 * Resources that wait for each other.
 *
 * @param path each waits for the one before it, and the first for the last; never empty
 */
public record Cycle(List<ResourceId> path) {
    public Cycle {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a cycle has at least one vertex");
        }
    }

    /** The way round, the first vertex again at the end. */
    @Override
    public String toString() {
        return path.stream().map(ResourceId::toString).collect(joining(" -> "))
                + " -> "
                + path.getFirst();
    }
}
