package dev.mgmt.engine.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A field's value as a graph file gives it, free of the file: equal if it says the same. */
public sealed interface Value {
    /**
     * @param text the source text
     */
    record Scalar(String text, Style style) implements Value {}

    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Keeps the order of the file. */
    record Entries(Map<String, Value> entries) implements Value {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** What is quoted is text, whatever it looks like. */
    enum Style {
        PLAIN,
        QUOTED
    }
}
