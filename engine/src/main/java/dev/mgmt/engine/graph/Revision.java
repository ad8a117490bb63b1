package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a new definition differs from the one a graph was built from in nothing that edges
 * and groups follow from. Most edits are of that kind, and then nothing has to be searched for.
 */
final class Revision {
    private final HostKnowledge host;

    private Revision(HostKnowledge host) {
        this.host = host;
    }

    /**
     * The new definition's resources by their former numbers, with the former object of each that
     * is equal; empty if the graph has to be built anew.
     */
    static Optional<List<Resource>> between(
            GraphDefinition former, GraphDefinition next, HostKnowledge host) {
        boolean closed = former.collects().isEmpty() && next.collects().isEmpty();
        boolean sameSize = former.resources().size() == next.resources().size();
        if (!closed || !sameSize || !former.edges().equals(next.edges())) {
            return Optional.empty();
        }
        return new Revision(host).pairwise(former.resources(), next.resources());
    }

    private Optional<List<Resource>> pairwise(List<Resource> former, List<Resource> next) {
        List<Resource> revised = new ArrayList<>(next.size());
        for (int number = 0; number < next.size(); number++) {
            Resource before = former.get(number);
            Resource after = next.get(number);
            if (before.equals(after)) {
                revised.add(before);
            } else if (takesThePlaceOf(before, after)) {
                revised.add(after);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(revised);
    }

    private boolean takesThePlaceOf(Resource before, Resource after) {
        return before.id().equals(after.id())
                && before.getClass().equals(after.getClass())
                && before.meta().equals(after.meta())
                && before.makes().equals(after.makes())
                && before.removes().equals(after.removes())
                && before.needs().equals(after.needs())
                && host.groupKey(before).equals(host.groupKey(after));
    }
}
