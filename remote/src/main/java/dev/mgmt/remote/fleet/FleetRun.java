package dev.mgmt.remote.fleet;

import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.host.Deadlines;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.push.Edit;
import dev.mgmt.remote.push.GraphWatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A fleet's run from the first connection to the last agent's end. Everything it starts is gone
 * when its report is there.
 */
public final class FleetRun implements AutoCloseable {
    private final Inbox inbox = new Inbox();
    private final CompletableFuture<FleetReport> report = new CompletableFuture<>();

    private FleetRun() {}

    /**
     * Starts at once and returns.
     *
     * @param edits what watches the inventory's files; owned and closed by the run; empty: edits
     *     are not looked for
     * @param listener called by one thread, in order; the run waits for it
     */
    public static FleetRun start(
            Inventory inventory,
            FleetOptions options,
            Equipment equipment,
            Optional<GraphWatch> edits,
            Consumer<FleetEvent> listener) {
        FleetRun run = new FleetRun();
        Thread.ofVirtual()
                .name("fleet")
                .start(() -> run.own(inventory, options, equipment, edits, listener));
        return run;
    }

    /** Asks for an orderly end: what runs on hosts finishes. Asked again, links are cut. */
    public void stop() {
        inbox.put(new FleetInput.StopAsked());
    }

    /** Blocks until the run is over and nothing of it is left here. */
    public FleetReport await() throws InterruptedException {
        try {
            return report.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run broke", e.getCause());
        }
    }

    /** Ends at once, if it has not ended. */
    @Override
    public void close() {
        stop();
        stop();
        report.exceptionally(_ -> null).join();
    }

    private void own(
            Inventory inventory,
            FleetOptions options,
            Equipment equipment,
            Optional<GraphWatch> edits,
            Consumer<FleetEvent> listener) {
        try {
            report.complete(run(inventory, options, equipment, edits, listener));
        } catch (Throwable e) {
            // The run's owner: whatever broke is told to who waits for the report.
            report.completeExceptionally(e);
        }
    }

    private FleetReport run(
            Inventory inventory,
            FleetOptions options,
            Equipment equipment,
            Optional<GraphWatch> edits,
            Consumer<FleetEvent> listener)
            throws InterruptedException {
        try (Deadlines deadlines = new Deadlines()) {
            RunContext context =
                    new RunContext(
                            RunContext.nonce(),
                            options,
                            equipment,
                            new StoreDoor(),
                            new Places(options.forks()),
                            deadlines,
                            new Clock(),
                            new HostRights(),
                            inbox);
            return runWatching(new FleetOwner(context, inventory, listener), edits);
        }
    }

    private FleetReport runWatching(FleetOwner owner, Optional<GraphWatch> edits)
            throws InterruptedException {
        Optional<Thread> watching =
                edits.map(
                        watch ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("edits")
                                        .start(() -> watch(watch)));
        try {
            return runHosts(owner);
        } finally {
            edits.ifPresent(GraphWatch::close);
            if (watching.isPresent()) {
                watching.get().join();
            }
        }
    }

    private FleetReport runHosts(FleetOwner owner) throws InterruptedException {
        // Hosts first: they take their time to answer, in which the store becomes ready.
        owner.startHosts();
        try (FleetStore store = new FleetStore()) {
            return runWith(store, owner);
        } finally {
            owner.abandon();
        }
    }

    /** Before the store closes, which waits for everybody who has something to say. */
    private FleetReport runWith(FleetStore store, FleetOwner owner) throws InterruptedException {
        try {
            return owner.run(store);
        } finally {
            inbox.close();
        }
    }

    private void watch(GraphWatch files) {
        try {
            for (Optional<Edit> edit = files.next(); edit.isPresent(); edit = files.next()) {
                inbox.put(new FleetInput.FilesChanged(edit.get()));
            }
        } catch (IOException e) {
            InputProblem problem =
                    new InputProblem(
                            "inventory",
                            0,
                            0,
                            "files can be watched no longer: " + e.getMessage(),
                            "restart the run to take up further edits");
            inbox.put(new FleetInput.FilesChanged(new Edit.Refused(List.of(problem))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
