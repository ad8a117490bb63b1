package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.DirectoryWatches;

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
