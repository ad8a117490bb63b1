package dev.mgmt.engine;

import dev.mgmt.engine.resource.ResourceId;
import java.util.List;

/**
 * Where an engine stands.
 *
 * @param graphRevision the revision given with the newest graph that was switched in; 0 before the
 *     first
 * @param seen the store revision up to which watched exports have been taken in and acted on;
 *     {@link Long#MAX_VALUE} when this graph collects nothing
 * @param seenValues the same for what hosts say under keys that this graph's templates read
 * @param phase {@link Phase#IDLE} is never said of a graph that has not been built and run through
 *     once
 * @param activity grows with every run of a vertex, event taken in and graph switched: two equal
 *     figures mean that nothing happened in between
 * @param failures vertices whose tries are spent, root causes first
 * @param blocked vertices that cannot run because a predecessor failed
 */
public record EngineStatus(
        long graphRevision,
        long seen,
        long seenValues,
        Phase phase,
        long activity,
        Counts counts,
        List<Failure> failures,
        List<ResourceId> blocked) {
    public EngineStatus {
        failures = List.copyOf(failures);
        blocked = List.copyOf(blocked);
    }

    /** Of a graph without templates that read what hosts say. */
    public EngineStatus(
            long graphRevision,
            long seen,
            Phase phase,
            long activity,
            Counts counts,
            List<Failure> failures,
            List<ResourceId> blocked) {
        this(graphRevision, seen, Long.MAX_VALUE, phase, activity, counts, failures, blocked);
    }

    /** What the engine is doing. */
    public enum Phase {
        /** No graph has been run through yet. */
        PREPARING,
        /** Something runs, waits for its turn or for a retry, or has an event to look at. */
        WORKING,
        /** Every vertex is good, failed or blocked by a failed one, and nothing is under way. */
        IDLE
    }

    /**
     * @param total vertices in the graph
     * @param good vertices that are as wanted (under noop: that have been looked at)
     * @param changed vertices that were changed at least once since the engine was opened
     * @param wouldChange vertices that noop kept from being changed
     * @param failed vertices whose tries are spent
     * @param blocked vertices behind a failed one
     */
    public record Counts(
            int total, int good, int changed, int wouldChange, int failed, int blocked) {}

    public record Failure(ResourceId resource, String reason) {}
}
