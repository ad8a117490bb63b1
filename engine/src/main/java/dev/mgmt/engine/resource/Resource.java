package dev.mgmt.engine.resource;

import java.util.List;
import java.util.Optional;

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

    /**
     * What undoes this resource once it has left its graph, under the same id: a file that should
     * be absent for one that should exist. What it makes and removes says which things it is about;
     * of its meta parameters those are not used that have no meaning for an undo. Empty: it cannot
     * be undone, and {@code reverse} is an error.
     */
    default Optional<Resource> reversed() {
        return Optional.empty();
    }
}
