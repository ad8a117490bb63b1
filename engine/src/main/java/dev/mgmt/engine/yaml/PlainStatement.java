package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.ResourceId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that a graph says, as plain values instead of text: strings, numbers, booleans, paths,
 * and lists and maps of these. A string is text and nothing else, whatever it looks like.
 */
public sealed interface PlainStatement {
    /**
     * @param name with {@code @@} before it: exported
     * @param fields as in a graph file
     * @param meta as in a graph file
     */
    record Resource(String kind, String name, Map<String, ?> fields, Map<String, ?> meta)
            implements PlainStatement {
        public Resource {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
        }
    }

    /** {@code to} runs after {@code from}. */
    record Order(ResourceId from, ResourceId to) implements PlainStatement {}

    /** The same, and a change of {@code from} refreshes {@code to}. */
    record Notify(ResourceId from, ResourceId to) implements PlainStatement {}

    /**
     * @param pattern may be empty
     */
    record Collect(String kind, String pattern) implements PlainStatement {}
}
