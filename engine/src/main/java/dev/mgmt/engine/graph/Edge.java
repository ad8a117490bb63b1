package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;

/** {@code to} runs after {@code from} is good. */
public sealed interface Edge {
    ResourceId from();

    ResourceId to();

    /** Order only. */
    record Order(ResourceId from, ResourceId to) implements Edge {}

    /** Order, and a change of {@code from} refreshes {@code to}. */
    record Notify(ResourceId from, ResourceId to) implements Edge {}
}
