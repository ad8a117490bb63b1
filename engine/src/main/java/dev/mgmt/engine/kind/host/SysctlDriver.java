package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Presence;
import java.util.Optional;

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

    /** Only for the next start: what the parameter was before is not known any more. */
    @Override
    public Optional<SysctlResource> reversed(SysctlResource resource) {
        return resource.state() == Presence.ABSENT || !resource.extent().coversLater()
                ? Optional.empty()
                : Optional.of(
                        new SysctlResource(
                                resource.id(),
                                resource.meta(),
                                Presence.ABSENT,
                                resource.key(),
                                "",
                                resource.extent()));
    }
}
