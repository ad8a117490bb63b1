package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;

/** Prints a message when it runs. */
public record PrintResource(ResourceId id, Meta meta, String message) implements Resource {}
