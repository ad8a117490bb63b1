package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** File systems at their places. */
final class MountDriver implements ResourceDriver<MountResource> {
    private final HostFiles files;
    private final MountEvents events;

    MountDriver(HostFiles files, MountEvents events) {
        this.files = files;
        this.events = events;
    }

    @Override
    public Freshness freshness(MountResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(MountResource resource, OutputListener output) {
        return new MountKeeper(resource, files, events);
    }
}
