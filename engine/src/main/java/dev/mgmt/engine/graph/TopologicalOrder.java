package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jgrapht.Graph;

/**
 * Puts vertices after their predecessors (Kahn's algorithm). Edges know their ends, so this needs
 * half the look-ups of the library's own iterator.
 */
final class TopologicalOrder {
    private TopologicalOrder() {}

    /** The same for graphs built in the same order; empty if there is a cycle. */
    static Optional<List<ResourceId>> of(Graph<ResourceId, Edge> graph) {
        int size = graph.vertexSet().size();
        Map<ResourceId, Integer> waitsFor = HashMap.newHashMap(size);
        // Doubles as the queue: what stands in it is free, what comes before `next` is done.
        List<ResourceId> order = new ArrayList<>(size);
        for (ResourceId vertex : graph.vertexSet()) {
            int predecessors = graph.inDegreeOf(vertex);
            if (predecessors == 0) {
                order.add(vertex);
            } else {
                waitsFor.put(vertex, predecessors);
            }
        }
        for (int next = 0; next < order.size(); next++) {
            for (Edge edge : graph.outgoingEdgesOf(order.get(next))) {
                if (waitsFor.merge(edge.to(), -1, Integer::sum) == 0) {
                    order.add(edge.to());
                }
            }
        }
        return Optional.of(order).filter(all -> all.size() == size);
    }
}
