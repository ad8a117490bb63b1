package dev.mgmt.engine;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.os.OsDrivers;
import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.run.GraphRun;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.yaml.GraphReader;
import java.util.function.Consumer;

/** Opens engines. */
public final class Engines {
    private Engines() {}

    /**
     * Opens an engine for this machine, with no graph yet.
     *
     * @param world stays the caller's: to be closed after the engine
     * @param listener called by one thread at a time, in the order in which things happened; the
     *     engine waits for it
     */
    public static Engine open(EngineOptions options, World world, Consumer<EngineEvent> listener) {
        return open(options, world, OsDrivers.open(), listener);
    }

    /**
     * The same with other drivers.
     *
     * @param drivers closed with the engine
     */
    public static Engine open(
            EngineOptions options,
            World world,
            DriverRegistry drivers,
            Consumer<EngineEvent> listener) {
        GraphReader reader = new GraphReader(Kinds.builtIn());
        return GraphRun.open(options, world, drivers, reader::readExport, listener);
    }
}
