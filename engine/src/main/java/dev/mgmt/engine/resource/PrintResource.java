package dev.mgmt.engine.resource;

/** Prints a message when it runs. */
public record PrintResource(ResourceId id, Meta meta, String message) implements Resource {}
