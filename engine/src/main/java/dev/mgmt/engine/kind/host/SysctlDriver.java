package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** Kernel parameters. */
final class SysctlDriver implements ResourceDriver<SysctlResource> {
    private final HostFiles files;

    SysctlDriver(HostFiles files) {
        this.files = files;
    }

    @Override
    public Freshness freshness(SysctlResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(SysctlResource resource, OutputListener output) {
        return new SysctlKeeper(resource, files);
    }
}
