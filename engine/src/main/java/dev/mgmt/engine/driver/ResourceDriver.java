package dev.mgmt.engine.driver;

import dev.mgmt.engine.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes resources of one kind true. A driver holds nothing of a single vertex: that is in the
 * {@link Keeper} it makes for each.
 */
public interface ResourceDriver<R extends Resource> {
    /** How the driver learns that the resource may have drifted. Reads the resource only. */
    Freshness freshness(R resource);

    /** Takes a vertex into care. Does no I/O: called for all vertices of a graph in one go. */
    Keeper keeper(R resource, OutputListener output);

    /**
     * Resources with equal keys may be applied in one action, where no path leads from one to the
     * other; empty: never. Reads the resource only.
     */
    default Optional<Object> groupKey(R resource) {
        return Optional.empty();
    }

    /**
     * Runs several keepers of one group key in one action.
     *
     * @return what came of each, in their order
     * @throws IOException where none of them can be made good; the message says why
     */
    default List<Outcome> runTogether(List<Joined> members)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Joined member : members) {
            outcomes.add(member.keeper().run(member.attempt()));
        }
        return outcomes;
    }

    /** One of several that are run in one action. */
    record Joined(Keeper keeper, Attempt attempt) {}

    /** How a driver learns of drift, where {@code poll} does not replace it. */
    enum Freshness {
        /** {@link Keeper#watch} tells. */
        WATCHED,
        /** Nothing outside the engine changes it. */
        SETTLED,
        /**
         * Nothing changes it either, but each of its polls refreshes along notify edges: whoever is
         * refreshed by that is looked at as by a poll of its own.
         */
        TICKING
    }
}
