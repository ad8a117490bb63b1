package dev.mgmt.remote.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The value of {@link dev.mgmt.engine.world.StoreKeys#FLEET}, which every agent watches: how the
 * laptop tells all of them at once that the run is over.
 */
public record FleetValue(String run, Phase phase) {
    public enum Phase {
        RUNNING,
        ENDING
    }

    public String text() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run);
        fields.put("phase", Words.of(phase));
        return Json.line(fields);
    }

    public static FleetValue read(String text) throws MalformedMessage {
        JsonObject it = JsonObject.read(text);
        return new FleetValue(it.text("run"), it.word(Phase.class, "phase"));
    }
}
