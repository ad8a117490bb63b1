package dev.mgmt.cli.command;

import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;

/** Follows a run for others than its user. Called from the engine's thread: must not block. */
interface Sideline extends AutoCloseable {
    void told(EngineEvent event, Engine engine);

    @Override
    void close();
}
