package dev.mgmt.engine.driver.os;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.FileResource;

/** Files, directories and symbolic links. */
final class FileDriver implements ResourceDriver<FileResource> {
    private final DirectoryWatches watches;

    FileDriver(DirectoryWatches watches) {
        this.watches = watches;
    }

    @Override
    public Freshness freshness(FileResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(FileResource resource, OutputListener output) {
        return new FileKeeper(resource, watches);
    }
}
