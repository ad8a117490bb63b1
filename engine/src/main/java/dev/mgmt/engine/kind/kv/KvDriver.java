package dev.mgmt.engine.kind.kv;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.world.StoreKeys;

/** Values of this host in the shared store. */
final class KvDriver implements ResourceDriver<KvResource> {
    static final String OUTPUT = "value";

    private final HostTools tools;

    KvDriver(HostTools tools) {
        this.tools = tools;
    }

    @Override
    public Freshness freshness(KvResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(KvResource resource, OutputListener output) {
        String key = StoreKeys.value(new StoreKeys.Value(resource.key(), tools.host()));
        return new KvKeeper(resource, key, tools.world());
    }
}
