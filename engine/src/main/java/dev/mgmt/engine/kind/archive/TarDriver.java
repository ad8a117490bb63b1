package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.DirectoryWatches;

/** Archives that are unpacked. */
final class TarDriver implements ResourceDriver<TarResource> {
    private final DirectoryWatches watches;

    TarDriver(DirectoryWatches watches) {
        this.watches = watches;
    }

    @Override
    public Freshness freshness(TarResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(TarResource resource, OutputListener output) {
        return new TarKeeper(resource, watches);
    }
}
