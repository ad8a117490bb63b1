package dev.mgmt.remote.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the inventory says of one host, for the templates of its graph: the value of {@link
 * dev.mgmt.engine.world.StoreKeys#variables}.
 */
public record HostVariables(Map<String, String> byName) {
    public HostVariables {
        byName = Map.copyOf(byName);
    }

    public String text() {
        return Json.line(new TreeMap<>(byName));
    }

    public static HostVariables read(String text) throws MalformedMessage {
        JsonObject it = JsonObject.read(text);
        Map<String, String> byName = new LinkedHashMap<>();
        for (String name : it.names()) {
            byName.put(name, it.text(name));
        }
        return new HostVariables(byName);
    }
}
