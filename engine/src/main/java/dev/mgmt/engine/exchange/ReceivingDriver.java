package dev.mgmt.engine.exchange;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Kinds;

/** Resources with fields that others fill; what is left to do is their own kind's. */
public final class ReceivingDriver implements ResourceDriver<ReceivingResource> {
    private final DriverRegistry drivers;
    private final Kinds kinds;

    /**
     * @param drivers of the kinds that receive
     */
    public ReceivingDriver(DriverRegistry drivers, Kinds kinds) {
        this.drivers = drivers;
        this.kinds = kinds;
    }

    @Override
    public Freshness freshness(ReceivingResource resource) {
        return drivers.freshness(resource.shape());
    }

    @Override
    public Keeper keeper(ReceivingResource resource, OutputListener output) {
        return new ReceivingKeeper(resource, drivers, kinds, output);
    }
}
