package dev.mgmt.engine.driver;

import dev.mgmt.engine.EngineEvent;

/** Takes the lines that a resource writes while it runs. Called from any thread. */
@FunctionalInterface
public interface OutputListener {
    void line(EngineEvent.Stream stream, String line);
}
