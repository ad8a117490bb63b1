package dev.mgmt.engine.template;

import dev.mgmt.engine.exchange.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What only the host that renders knows.
 *
 * @param facts as in {@code engine.facts}
 * @param values what hosts say in the store, by key and host
 */
public record HostData(Value.Entries facts, SortedMap<String, SortedMap<String, String>> values) {
    public HostData {
        SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
        values.forEach(
                (key, hosts) ->
                        copy.put(key, Collections.unmodifiableSortedMap(new TreeMap<>(hosts))));
        values = Collections.unmodifiableSortedMap(copy);
    }
}
