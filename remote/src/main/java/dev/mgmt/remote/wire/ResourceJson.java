package dev.mgmt.remote.wire;

import dev.mgmt.engine.resource.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resource's identity as two fields, beside whatever else an object says of it. */
final class ResourceJson {
    private ResourceJson() {}

    static Map<String, Object> of(ResourceId id) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, id);
        return fields;
    }

    static void put(Map<String, Object> fields, ResourceId id) {
        fields.put("kind", id.kind());
        fields.put("name", id.name());
    }

    static ResourceId read(JsonObject object) throws MalformedMessage {
        String kind = object.text("kind");
        String name = object.text("name");
        if (kind.isEmpty() || name.isEmpty()) {
            throw new MalformedMessage("a resource without a kind or a name");
        }
        return new ResourceId(kind, name);
    }
}
