package dev.mgmt.engine.graph;

import dev.mgmt.engine.graph.Origin.Cause;
import java.util.ArrayList;
import java.util.List;

/** Edges that could be generated, between vertices by number. */
final class Candidates {
    private final Arrows arrows = new Arrows(16);
    private final List<Cause> causes = new ArrayList<>();

    void add(int from, int to, Cause cause) {
        if (from != to) {
            arrows.add(from, to);
            causes.add(cause);
        }
    }

    int size() {
        return causes.size();
    }

    int from(int candidate) {
        return arrows.from(candidate);
    }

    int to(int candidate) {
        return arrows.to(candidate);
    }

    Cause cause(int candidate) {
        return causes.get(candidate);
    }
}
