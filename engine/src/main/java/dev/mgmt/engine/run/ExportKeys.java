package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.KeyPart;
import org.jspecify.annotations.Nullable;

/**
 * Where exports lie in the store: {@code /_mgmt/exports/<host>/<kind>/<name>}; each part is a
 * {@link KeyPart}.
 */
final class ExportKeys {
    static final String ALL = "/_mgmt/exports/";

    private ExportKeys() {}

    record Place(String host, ResourceId id) {}

    static String ofHost(String host) {
        return ALL + KeyPart.encode(host) + "/";
    }

    static String of(String host, ResourceId id) {
        return ofHost(host) + KeyPart.encode(id.kind()) + "/" + KeyPart.encode(id.name());
    }

    /** Null for a key that is none of ours. */
    static @Nullable Place parse(String key) {
        int host = key.indexOf('/', ALL.length());
        int kind = host < 0 ? -1 : key.indexOf('/', host + 1);
        if (kind < 0 || !key.startsWith(ALL) || key.indexOf('/', kind + 1) >= 0) {
            return null;
        }
        String hostName = KeyPart.decode(key.substring(ALL.length(), host));
        String kindName = KeyPart.decode(key.substring(host + 1, kind));
        String name = KeyPart.decode(key.substring(kind + 1));
        boolean whole = !hostName.isEmpty() && !kindName.isEmpty() && !name.isEmpty();
        return whole ? new Place(hostName, new ResourceId(kindName, name)) : null;
    }
}
