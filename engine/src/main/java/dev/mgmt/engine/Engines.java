package dev.mgmt.engine;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.run.GraphRun;
import dev.mgmt.engine.world.ProcessWorld;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.yaml.GraphReader;
import java.util.function.Consumer;

/** Opens engines. */
public final class Engines {
    private Engines() {}

    /**
     * Opens an engine for this machine, with no graph yet and all kinds that are installed.
     *
     * @param world stays the caller's: to be closed after the engine
     * @param listener called by one thread at a time, in the order in which things happened; the
     *     engine waits for it
     */
    public static Engine open(EngineOptions options, World world, Consumer<EngineEvent> listener) {
        return open(options, world, KindCatalog.installed(), listener);
    }

    /** The same with the kinds of this catalog. */
    public static Engine open(
            EngineOptions options,
            World world,
            KindCatalog catalog,
            Consumer<EngineEvent> listener) {
        StateDirectory state =
                options.stateDirectory()
                        .map(StateDirectory::at)
                        .orElseGet(StateDirectory::temporary);
        HostTools tools = new HostTools(options.host(), world, state);
        return open(options, world, catalog, catalog.drivers(tools), listener);
    }

    /**
     * An engine without other hosts: what it exports stays in this process.
     *
     * @param listener as above
     */
    public static Engine open(EngineOptions options, Consumer<EngineEvent> listener) {
        return open(options, new ProcessWorld(), KindCatalog.installed(), listener);
    }

    /**
     * For drivers of other makes.
     *
     * @param drivers closed with the engine
     */
    static Engine open(
            EngineOptions options,
            World world,
            DriverRegistry drivers,
            Consumer<EngineEvent> listener) {
        return open(options, world, KindCatalog.installed(), drivers, listener);
    }

    private static Engine open(
            EngineOptions options,
            World world,
            KindCatalog catalog,
            DriverRegistry drivers,
            Consumer<EngineEvent> listener) {
        GraphReader reader = new GraphReader(catalog.kinds());
        return GraphRun.open(options, world, drivers, reader::readExport, listener);
    }
}
