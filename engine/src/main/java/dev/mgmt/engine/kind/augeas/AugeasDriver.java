package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** Values that are set through the host's {@code augtool}. */
final class AugeasDriver implements ResourceDriver<AugeasResource> {
    private final HostTools tools;

    AugeasDriver(HostTools tools) {
        this.tools = tools;
    }

    @Override
    public Freshness freshness(AugeasResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(AugeasResource resource, OutputListener output) {
        return new AugeasKeeper(resource, tools);
    }
}
