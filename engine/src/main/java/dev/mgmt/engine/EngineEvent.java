package dev.mgmt.engine;

import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.List;

/** What an engine tells while it runs, in the order in which it happened. */
public sealed interface EngineEvent {
    /**
     * A submitted graph has taken the old one's place. {@code kept} vertices went on running
     * untouched.
     */
    record GraphSwitched(long revision, String name, int added, int changed, int removed, int kept)
            implements EngineEvent {}

    /** A submitted graph cannot run; the old one goes on. */
    record GraphRefused(long revision, List<String> problems) implements EngineEvent {
        public GraphRefused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * A resource was not as wanted and is now. {@code property} names what was mended ({@code
     * content}, {@code mode}, {@code run} …); {@code detail} may be empty, or hold a unified diff.
     */
    record Applied(ResourceId resource, String property, String detail) implements EngineEvent {}

    /** Under noop: the resource is not as wanted; nothing was done. */
    record WouldApply(ResourceId resource, String property, String detail) implements EngineEvent {}

    /** A try failed and another will be made after {@code pause}. */
    record Retrying(ResourceId resource, String reason, int attempt, Duration pause)
            implements EngineEvent {}

    /** The last try failed. Its dependants are blocked. */
    record Failed(ResourceId resource, String reason) implements EngineEvent {}

    /** A line that a command or a print resource wrote. */
    record Output(ResourceId resource, Stream stream, String line) implements EngineEvent {}

    /** Something worth knowing that concerns no single resource. */
    record Notice(String text) implements EngineEvent {}

    /**
     * The engine's standing changed. Intermediate standings may be skipped, the last one never is.
     */
    record StatusChanged(EngineStatus status) implements EngineEvent {}

    enum Stream {
        STDOUT,
        STDERR
    }
}
