package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Keeper.WatchListener;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a keeper of what has changed since it last looked, and of nothing else: not of what its own
 * transaction did to the database and the lists. A package whose installation fails half-way would
 * otherwise be tried again by its own failure, for ever.
 */
final class News implements Keeper.Watch {
    private final PkgResource resource;
    private final HostPackages packages;
    private final Supplier<@Nullable View> seen;
    private final WatchListener listener;
    private final Semaphore events = new Semaphore(0);
    private final Thread comparing;
    private final Keeper.Watch watch;

    private News(
            PkgResource resource,
            HostPackages packages,
            Supplier<@Nullable View> seen,
            WatchListener listener)
            throws IOException, InterruptedException {
        this.resource = resource;
        this.packages = packages;
        this.seen = seen;
        this.listener = listener;
        watch = packages.watch(resource.state(), events::release);
        comparing = Thread.ofVirtual().name("news of " + resource.id()).start(this::compare);
    }

    /**
     * @param seen what the last run judged by; null before the first
     */
    static News of(
            PkgResource resource,
            HostPackages packages,
            Supplier<@Nullable View> seen,
            WatchListener listener)
            throws IOException, InterruptedException {
        return new News(resource, packages, seen, listener);
    }

    @Override
    public void close() {
        watch.close();
        comparing.interrupt();
    }

    private void compare() {
        try {
            while (true) {
                events.acquire();
                events.drainPermits();
                if (isNew()) {
                    listener.changed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    /** In turn: whatever a transaction does has been looked at by those it was for at its end. */
    private boolean isNew() throws InterruptedException {
        boolean[] fresh = {true};
        try {
            packages.inTurn(() -> fresh[0] = !packages.view(resource).equals(seen.get()));
        } catch (IOException e) {
            return true; // The run will meet the same and say so.
        }
        return fresh[0];
    }
}
