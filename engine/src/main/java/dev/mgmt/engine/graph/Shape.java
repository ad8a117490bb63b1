package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
import java.util.Map;

/**
 * What a graph is apart from what its resources want: who is in it, and what waits for what. Two
 * graphs of the very same shape have the same vertices in the same places. Immutable.
 */
final class Shape {
    static final Shape EMPTY = new Shape(List.of(), Map.of(), Wiring.NONE, new int[0], List.of());

    final List<ResourceId> ids;
    final Map<ResourceId, Integer> numbers;
    final Wiring wiring;
    final int[] order;
    final List<List<ResourceId>> groups;

    /**
     * Takes over what it is given.
     *
     * @param ids by number, and {@code numbers} the reverse
     * @param order all vertices, each after its predecessors: there is no cycle
     */
    Shape(
            List<ResourceId> ids,
            Map<ResourceId, Integer> numbers,
            Wiring wiring,
            int[] order,
            List<List<ResourceId>> groups) {
        this.ids = ids;
        this.numbers = numbers;
        this.wiring = wiring;
        this.order = order;
        this.groups = groups;
    }
}
