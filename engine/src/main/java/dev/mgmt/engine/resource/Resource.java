package dev.mgmt.engine.resource;

/**
 * What should be true of one thing on a host. Implementations are records: two resources are the
 * same vertex if and only if they are equal in every field and meta parameter.
 */
public interface Resource {
    ResourceId id();

    Meta meta();
}
