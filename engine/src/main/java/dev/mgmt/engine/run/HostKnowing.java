package dev.mgmt.engine.run;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.template.HostData;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What templates may know of this host. Facts are found out once for each graph that is submitted:
 * a change elsewhere in the fleet is no reason for other facts here.
 */
final class HostKnowing {
    private final Supplier<Value.Entries> source;
    private long revision;
    private Value.@Nullable Entries facts;

    HostKnowing(Supplier<Value.Entries> source) {
        this.source = source;
    }

    /** Called by one thread at a time. */
    HostData of(Effect.Build asked) {
        Value.Entries known = facts;
        if (known == null || asked.revision() != revision) {
            known = source.get();
            facts = known;
            revision = asked.revision();
        }
        SortedMap<String, SortedMap<String, String>> values = new TreeMap<>();
        for (World.Entry entry : asked.values()) {
            StoreKeys.Value value = StoreKeys.parseValue(entry.key());
            if (value != null) {
                values.computeIfAbsent(value.key(), _ -> new TreeMap<>())
                        .put(value.host(), entry.value());
            }
        }
        return new HostData(known, values);
    }
}
