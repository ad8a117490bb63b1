package dev.mgmt.remote.local;

import dev.mgmt.engine.world.World;

/** The shared store as a run on this machine has it. */
public sealed interface RunStore extends AutoCloseable permits LocalStore, SeededStore {
    World world();

    /**
     * The revision at which exports last changed, as far as is known here; 0 if they never did.
     * {@link Long#MAX_VALUE} while the store is out of reach: then nobody knows.
     */
    long lastExportChange();

    /** How many others have the store by way of this process at this moment. */
    int visitors();

    @Override
    void close();
}
