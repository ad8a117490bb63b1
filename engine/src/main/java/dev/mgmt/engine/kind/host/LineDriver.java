package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

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
}
