package dev.mgmt.engine.resource;

import java.util.Comparator;
import java.util.Locale;

/**
 * A resource's identity in a graph.
 *
 * @param kind lower-case name of the kind, such as {@code file}
 * @param name exact, never empty
 */
public record ResourceId(String kind, String name) implements Comparable<ResourceId> {
    private static final Comparator<ResourceId> ORDER =
            Comparator.comparing(ResourceId::kind).thenComparing(ResourceId::name);

    public ResourceId {
        kind = kind.toLowerCase(Locale.ROOT);
        if (kind.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a resource needs a kind and a name");
        }
    }

    @Override
    public int compareTo(ResourceId other) {
        return ORDER.compare(this, other);
    }

    /** The form users write and read: {@code kind[name]}. */
    @Override
    public String toString() {
        return kind + "[" + name + "]";
    }
}
