package dev.mgmt.engine.resource;

/** Does nothing and is always good: a place for edges to meet. */
public record NoopResource(ResourceId id, Meta meta, String comment) implements Resource {}
