package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Presence;
import java.util.Optional;

/** Lines in files that are otherwise somebody else's. */
final class LineDriver implements ResourceDriver<LineResource> {
    private final HostFiles files;

    LineDriver(HostFiles files) {
        this.files = files;
    }

    @Override
    public Freshness freshness(LineResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(LineResource resource, OutputListener output) {
        return new LineKeeper(resource, files);
    }

    /** What stood there instead is not known any more. */
    @Override
    public Optional<LineResource> reversed(LineResource resource) {
        return resource.state() == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new LineResource(
                                resource.id(),
                                resource.meta(),
                                Presence.ABSENT,
                                resource.path(),
                                resource.content(),
                                Optional.empty(),
                                new LineResource.Place.End(),
                                resource.disclosure()));
    }
}
