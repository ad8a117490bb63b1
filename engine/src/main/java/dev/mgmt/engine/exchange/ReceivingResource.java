package dev.mgmt.engine.exchange;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A resource that is whole only when it runs: some of its fields are other resources' outputs. It
 * holds none of what it receives.
 *
 * @param given its other fields, by name
 * @param receives where the rest comes from, by field
 * @param shape the same resource with a stand-in for what is received; what does not hang on that
 *     can be asked of it
 */
public record ReceivingResource(
        ResourceId id,
        Meta meta,
        Map<String, Value> given,
        Map<String, Receipt> receives,
        Resource shape)
        implements Resource {
    public ReceivingResource {
        given = Map.copyOf(given);
        receives = Collections.unmodifiableMap(new TreeMap<>(receives));
    }

    public boolean receivesFrom(ResourceId sender) {
        for (Receipt receipt : receives.values()) {
            if (receipt.from().equals(sender)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Thing> makes() {
        return shape.makes();
    }

    @Override
    public List<Thing> removes() {
        return shape.removes();
    }

    @Override
    public List<Need> needs() {
        return shape.needs();
    }

    /** Only where it does not hang on what is received; else the reader has refused it. */
    @Override
    public Optional<Resource> reversed() {
        return shape.reversed();
    }
}
