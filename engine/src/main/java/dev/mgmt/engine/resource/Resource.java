package dev.mgmt.engine.resource;

import java.util.List;

/**
 * What should be true of one thing on a host. Implementations are records: two resources are the
 * same vertex if and only if they are equal in every field and meta parameter.
 */
public interface Resource {
    ResourceId id();

    Meta meta();

    /** What is there once this resource is good; generated edges come from it. */
    default List<Thing> makes() {
        return List.of();
    }

    /** What should be there before this resource runs; generated edges lead here from it. */
    default List<Need> needs() {
        return List.of();
    }

    /**
     * What is gone once this resource is good. Whatever needs it runs before: a directory that is
     * to be absent goes after the files in it.
     */
    default List<Thing> removes() {
        return List.of();
    }
}
