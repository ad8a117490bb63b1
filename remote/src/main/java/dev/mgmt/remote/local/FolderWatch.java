package dev.mgmt.remote.local;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Snapshot;
import dev.mgmt.engine.world.WorldException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Knows at which revision a folder last changed, as long as the store can be reached. */
final class FolderWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final World world;
    private final String folder;
    private final Runnable moved;
    private final Consumer<String> remarks;
    private final Thread thread;
    private Reach reach = Reach.THERE;
    private volatile long lastChange = Long.MAX_VALUE;

    private enum Reach {
        THERE,
        LOST
    }

    /**
     * @param remarks told when the store is lost and found again
     * @param moved called from any thread when the answer may be another
     */
    FolderWatch(World world, String folder, Consumer<String> remarks, Runnable moved) {
        this.world = world;
        this.folder = folder;
        this.remarks = remarks;
        this.moved = moved;
        thread = Thread.ofVirtual().name("watch of " + folder).start(this::follow);
    }

    long lastChange() {
        return lastChange;
    }

    private void follow() {
        try {
            while (true) {
                try {
                    untilItBreaks();
                } catch (WorldException outOfReach) {
                    lost(outOfReach);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(WorldException cause) {
        if (reach == Reach.THERE) {
            reach = Reach.LOST;
            remarks.accept(
                    "the store is out of reach: what others export from now on is not known here: "
                            + cause.getMessage());
        }
        tell(Long.MAX_VALUE);
    }

    private void found() {
        if (reach == Reach.LOST) {
            reach = Reach.THERE;
            remarks.accept("the store answers again");
        }
    }

    private void untilItBreaks() throws WorldException, InterruptedException {
        Snapshot snapshot = world.read(folder);
        found();
        CompletableFuture<WorldException> broken = new CompletableFuture<>();
        World.Listener listener =
                new World.Listener() {
                    @Override
                    public void changed(long revision, List<Change> changes) {
                        tell(revision);
                    }

                    @Override
                    public void ended(WorldException cause) {
                        tell(Long.MAX_VALUE);
                        broken.complete(cause);
                    }
                };
        // What was deleted before shows in no entry: who has seen the reading has seen that, too.
        tell(snapshot.entries().stream().mapToLong(Entry::revision).max().orElse(0));
        try (World.Subscription _ = world.watch(folder, snapshot.revision() + 1, listener)) {
            lost(broken.get());
        } catch (ExecutionException never) {
            throw new IllegalStateException("it is only ever completed", never);
        }
    }

    private void tell(long revision) {
        lastChange = revision;
        moved.run();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
