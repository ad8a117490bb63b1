package dev.mgmt.engine.graph;

import java.util.Arrays;
import java.util.Optional;

/** Puts vertices after their predecessors (Kahn's algorithm). */
final class TopologicalOrder {
    private TopologicalOrder() {}

    /** The same for arrows added in the same order; empty if there is a cycle. */
    static Optional<int[]> of(int vertices, Arrows arrows) {
        int[] waitsFor = new int[vertices];
        for (int arrow = 0; arrow < arrows.size(); arrow++) {
            waitsFor[arrows.to(arrow)]++;
        }
        // Doubles as the queue: what stands in it is free, what comes before `next` is done.
        int[] order = new int[vertices];
        int free = 0;
        for (int vertex = 0; vertex < vertices; vertex++) {
            if (waitsFor[vertex] == 0) {
                order[free++] = vertex;
            }
        }
        Arrows.Fans leaving = arrows.leaving(vertices);
        for (int next = 0; next < free; next++) {
            int vertex = order[next];
            for (int place = leaving.first(vertex); place < leaving.end(vertex); place++) {
                int after = arrows.to(leaving.arrow(place));
                waitsFor[after]--;
                if (waitsFor[after] == 0) {
                    order[free++] = after;
                }
            }
        }
        return free == vertices ? Optional.of(Arrays.copyOf(order, free)) : Optional.empty();
    }
}
