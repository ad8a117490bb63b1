package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.DirectoryWatches;

/** Files that are downloaded. */
final class HttpGetDriver implements ResourceDriver<HttpGetResource> {
    private final DirectoryWatches watches;
    private final Trust trust;

    HttpGetDriver(DirectoryWatches watches, Trust trust) {
        this.watches = watches;
        this.trust = trust;
    }

    /** Of the file: what the server has is fixed by the digest. */
    @Override
    public Freshness freshness(HttpGetResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(HttpGetResource resource, OutputListener output) {
        return new HttpGetKeeper(resource, watches, trust);
    }
}
