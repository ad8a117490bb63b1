package dev.mgmt.engine.graph;

import java.util.Arrays;

/**
 * Tells which vertices wait for each other: the strongly connected components of a graph (Tarjan's
 * algorithm, with a stack of its own, as a chain may be longer than a thread's). Linear.
 */
final class Knots {
    private static final int UNSEEN = -1;

    private final Arrows arrows;
    private final Arrows.Fans leaving;
    private final int[] knot;
    private final int[] seen;
    private final int[] low;

    /** Vertices whose knot is not known yet, as they were seen. */
    private final int[] open;

    /** The way from the root to the vertex being looked at, and how far each has got. */
    private final int[] path;

    private final int[] place;
    private int opened;
    private int seenSoFar;
    private int knots;

    private Knots(int vertices, Arrows arrows) {
        this.arrows = arrows;
        leaving = arrows.leaving(vertices);
        knot = new int[vertices];
        seen = new int[vertices];
        low = new int[vertices];
        open = new int[vertices];
        path = new int[vertices];
        place = new int[vertices];
        Arrays.fill(knot, UNSEEN);
        Arrays.fill(seen, UNSEEN);
    }

    /** Each vertex' knot: vertices of one number reach each other, and nobody else does. */
    static int[] of(int vertices, Arrows arrows) {
        Knots search = new Knots(vertices, arrows);
        for (int vertex = 0; vertex < vertices; vertex++) {
            if (search.seen[vertex] == UNSEEN) {
                search.from(vertex);
            }
        }
        return search.knot;
    }

    private void from(int root) {
        int depth = 0;
        enter(root);
        path[0] = root;
        while (depth >= 0) {
            int vertex = path[depth];
            if (place[vertex] < leaving.end(vertex)) {
                int next = arrows.to(leaving.arrow(place[vertex]++));
                if (seen[next] == UNSEEN) {
                    enter(next);
                    path[++depth] = next;
                } else if (knot[next] == UNSEEN) {
                    low[vertex] = Math.min(low[vertex], seen[next]);
                }
                continue;
            }
            depth--;
            if (depth >= 0) {
                low[path[depth]] = Math.min(low[path[depth]], low[vertex]);
            }
            if (low[vertex] == seen[vertex]) {
                close(vertex);
            }
        }
    }

    private void enter(int vertex) {
        seen[vertex] = seenSoFar;
        low[vertex] = seenSoFar;
        seenSoFar++;
        open[opened++] = vertex;
        place[vertex] = leaving.first(vertex);
    }

    private void close(int root) {
        int vertex;
        do {
            vertex = open[--opened];
            knot[vertex] = knots;
        } while (vertex != root);
        knots++;
    }
}
