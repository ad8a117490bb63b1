package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/** {@code to} runs after {@code from} is good. */
public sealed interface Edge {
    ResourceId from();

    ResourceId to();

    /** Order only. */
    record Order(ResourceId from, ResourceId to) implements Edge {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Order edge && edge.from.equals(from) && edge.to.equals(to);
        }

        @Override
        public int hashCode() {
            return hash(from, to);
        }
    }

    /** Order, and a change of {@code from} refreshes {@code to}. */
    record Notify(ResourceId from, ResourceId to) implements Edge {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Notify edge && edge.from.equals(from) && edge.to.equals(to);
        }

        @Override
        public int hashCode() {
            return ~hash(from, to);
        }
    }

    /**
     * Written out for the reason that {@link ResourceId} gives. The factor keeps names that count
     * up from falling together, as they would with a power of 31, which strings use themselves.
     */
    private static int hash(ResourceId from, ResourceId to) {
        return from.hashCode() * 0x9E3779B1 + to.hashCode();
    }
}
