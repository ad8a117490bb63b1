package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Presence;
import java.util.Optional;

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

    @Override
    public Optional<MountResource> reversed(MountResource resource) {
        return resource.state() == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new MountResource(
                                resource.id(),
                                resource.meta(),
                                Presence.ABSENT,
                                resource.point(),
                                resource.device(),
                                resource.type(),
                                resource.options(),
                                resource.freq(),
                                resource.passno(),
                                resource.extent()));
    }
}
