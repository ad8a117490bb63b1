package dev.mgmt.engine.graph;

import java.util.Arrays;

/**
 * Pairs of vertices by number, in the order in which they were added. Numbers rather than
 * identities, and arrays rather than maps: a graph may have hundreds of thousands of edges, and
 * each switch goes through all of them.
 */
public final class Arrows {
    private int[] from;
    private int[] to;
    private int size;

    public Arrows(int expected) {
        from = new int[Math.max(4, expected)];
        to = new int[Math.max(4, expected)];
    }

    public int size() {
        return size;
    }

    public void add(int begin, int end) {
        if (size == from.length) {
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
        }
        from[size] = begin;
        to[size] = end;
        size++;
    }

    public int from(int arrow) {
        return from[arrow];
    }

    public int to(int arrow) {
        return to[arrow];
    }

    /** The arrows that begin at each of this many vertices. */
    Fans leaving(int vertices) {
        return new Fans(vertices, from, size);
    }

    /** The arrows that end at each of this many vertices. */
    Fans entering(int vertices) {
        return new Fans(vertices, to, size);
    }

    /** Arrows sorted by one of their ends; those of one end stay in the order they were added. */
    static final class Fans {
        private final int[] first;
        private final int[] arrows;

        Fans(int vertices, int[] ends, int size) {
            first = new int[vertices + 1];
            arrows = new int[size];
            for (int arrow = 0; arrow < size; arrow++) {
                first[ends[arrow] + 1]++;
            }
            for (int vertex = 0; vertex < vertices; vertex++) {
                first[vertex + 1] += first[vertex];
            }
            int[] next = Arrays.copyOf(first, vertices);
            for (int arrow = 0; arrow < size; arrow++) {
                arrows[next[ends[arrow]]++] = arrow;
            }
        }

        /** Where a vertex' arrows begin; they end where the next vertex' begin. */
        int first(int vertex) {
            return first[vertex];
        }

        int end(int vertex) {
            return first[vertex + 1];
        }

        int count(int vertex) {
            return first[vertex + 1] - first[vertex];
        }

        int arrow(int place) {
            return arrows[place];
        }
    }
}
