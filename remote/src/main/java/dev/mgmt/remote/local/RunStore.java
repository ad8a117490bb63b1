package dev.mgmt.remote.local;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.World;

/** The shared store as a run on this machine has it. */
public sealed interface RunStore extends AutoCloseable permits LocalStore, SeededStore {
    World world();

    /**
     * Whether an engine that stands so has taken in all that it asks for, as far as is known here.
     * While the store is out of reach, only one that asks for nothing has.
     */
    boolean isSeenBy(EngineStatus status);

    /** How many others have the store by way of this process at this moment. */
    int visitors();

    @Override
    void close();
}
