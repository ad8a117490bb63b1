package dev.mgmt.engine.resource;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A resource's identity in a graph.
 *
 * @param kind lower-case name of the kind, such as {@code file}
 * @param name exact, never empty
 */
public record ResourceId(String kind, String name) implements Comparable<ResourceId> {
    public ResourceId {
        kind = kind.toLowerCase(Locale.ROOT);
        if (kind.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a resource needs a kind and a name");
        }
    }

    @Override
    public int compareTo(ResourceId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind == 0 ? name.compareTo(other.name) : byKind;
    }

    // Identities are keys of every large map here. A record's own equals and hashCode go through
    // method handles, which only the second compiler inlines, and agents run without it.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ResourceId id && name.equals(id.name) && kind.equals(id.kind));
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + name.hashCode();
    }

    /** The form users write and read: {@code kind[name]}. */
    @Override
    public String toString() {
        return kind + "[" + name + "]";
    }
}
