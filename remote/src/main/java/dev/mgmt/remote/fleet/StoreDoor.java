package dev.mgmt.remote.fleet;

import dev.mgmt.tunnel.etcd.StoreServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The store becomes ready while hosts are being connected to, and nobody is let in before every
 * graph is in it.
 */
final class StoreDoor {
    private final CompletableFuture<StoreServer> server = new CompletableFuture<>();

    void open(StoreServer ready) {
        server.complete(ready);
    }

    StoreServer await() throws InterruptedException {
        try {
            return server.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a door that is never locked", e);
        }
    }
}
