package dev.mgmt.engine.dbus;

import java.util.List;
import java.util.Map;

/**
 * Something that an object told whoever listens. Others than the one meant may send it too: it is
 * good as a hint to look, not as a fact.
 *
 * @param values texts are {@link String}, unsigned and long numbers {@link Long}, others {@link
 *     Integer}; arrays and structs {@link List}; dictionaries {@link Map}; variants what is in them
 */
public record Signal(String path, String face, String member, List<Object> values) {
    public Signal {
        values = List.copyOf(values);
    }

    /** The value in this place if it is text, else empty text. */
    public String text(int index) {
        return index < values.size() && values.get(index) instanceof String text ? text : "";
    }
}
