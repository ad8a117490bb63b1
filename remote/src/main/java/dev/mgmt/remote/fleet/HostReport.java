package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineStatus;
import java.time.Duration;
import java.util.Map;

/** How one host ended. */
public sealed interface HostReport {
    String host();

    /** Time spent in each stage that was entered. */
    Map<Stage, Duration> stages();

    /** Everything as asked. Under noop: everything was looked at. */
    record Converged(String host, Map<Stage, Duration> stages, EngineStatus status)
            implements HostReport {}

    /** The graph ran as far as it could, but resources failed. */
    record ResourcesFailed(String host, Map<Stage, Duration> stages, EngineStatus status)
            implements HostReport {}

    /** The run ended (time-out, interrupt) before this host came to rest. */
    record Unfinished(String host, Map<Stage, Duration> stages, Stage reached)
            implements HostReport {}

    /** The host could not be brought up, or was lost. */
    record Lost(String host, Map<Stage, Duration> stages, HostFailure failure)
            implements HostReport {}
}
