package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.remote.local.LocalStore;
import dev.mgmt.remote.local.RunStore;
import dev.mgmt.remote.local.SeededStore;
import dev.mgmt.remote.local.SeededStore.Search;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens the store that a run was told to use, and its doors for others. */
final class RunStores {
    private static final String LISTENS = "the store listens on ";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RunStores() {}

    /** Opens one more door of a store. */
    @FunctionalInterface
    private interface Door {
        InetSocketAddress open(InetSocketAddress address) throws IOException;
    }

    /**
     * @param moved as of {@link SeededStore#open}
     */
    static RunStore open(RunOptions options, Surroundings surroundings, Runnable moved)
            throws CannotRun, InterruptedException {
        StoreOptions wanted = options.store();
        if (wanted.seeds().isEmpty()) {
            LocalStore store = LocalStore.open(options.host());
            Door door = address -> store.listen(address, surroundings::remark);
            open(wanted, store, door, surroundings);
            wanted.usualDoor().ifPresent(address -> tryToOpen(address, door, surroundings));
            return store;
        }
        SeededStore store = seeded(wanted, surroundings, moved);
        open(wanted, store, door -> store.passOn(door, wanted.seeds()), surroundings);
        return store;
    }

    private static void tryToOpen(InetSocketAddress address, Door door, Surroundings surroundings) {
        try {
            surroundings.remark(LISTENS + door.open(address));
        } catch (IOException taken) {
            surroundings.remark(
                    "the store is for this run alone: cannot listen on %s: %s; --client-urls names another port"
                            .formatted(address, taken.getMessage()));
        }
    }

    private static SeededStore seeded(
            StoreOptions wanted, Surroundings surroundings, Runnable moved)
            throws CannotRun, InterruptedException {
        try {
            SeededStore store =
                    SeededStore.open(
                            new Search(wanted.seeds(), wanted.authorities(), PATIENCE),
                            surroundings::remark,
                            moved);
            surroundings.remark("the store is elsewhere: " + wanted.seeds());
            return store;
        } catch (WorldException unreachable) {
            throw new CannotRun(
                    new Problem(
                            "the store cannot be used",
                            String.valueOf(unreachable.getMessage()),
                            "start the run that keeps it with --client-urls, or check --seeds"),
                    ExitCode.STORE_UNREACHABLE);
        }
    }

    private static void open(
            StoreOptions wanted, RunStore store, Door door, Surroundings surroundings)
            throws CannotRun {
        for (InetSocketAddress address : wanted.doors()) {
            try {
                surroundings.remark(LISTENS + door.open(address));
            } catch (IOException taken) {
                store.close();
                throw new CannotRun(
                        new Problem(
                                "the store cannot listen on " + address,
                                String.valueOf(taken.getMessage()),
                                "another port, or end what has this one: ss -ltnp"),
                        ExitCode.STORE_UNREACHABLE);
            }
        }
    }
}
