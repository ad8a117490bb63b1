package dev.mgmt.engine.graph;

import dev.mgmt.engine.graph.Origin.Cause;
import dev.mgmt.engine.resource.ResourceId;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The edges of a graph that is whole: at most one between two vertices in one direction, sorted by
 * where they begin. Immutable.
 */
final class Wiring {
    static final Wiring NONE = new Wiring(new Edge[0], new int[0], new int[0], new Cause[0], 0);

    /** In the order of the vertices that they begin at. */
    private final Edge[] edges;

    private final int[] from;
    private final int[] to;
    private final @Nullable Cause[] causes;
    private final Arrows.Fans leaving;
    private final Arrows.Fans entering;

    private Wiring(Edge[] edges, int[] from, int[] to, @Nullable Cause[] causes, int vertices) {
        this.edges = edges;
        this.from = from;
        this.to = to;
        this.causes = causes;
        leaving = new Arrows.Fans(vertices, from, edges.length);
        entering = new Arrows.Fans(vertices, to, edges.length);
    }

    int size() {
        return edges.length;
    }

    Edge edge(int number) {
        return edges[number];
    }

    int from(int number) {
        return from[number];
    }

    int to(int number) {
        return to[number];
    }

    Origin origin(int number) {
        Cause cause = causes[number];
        return cause == null ? Origin.DECLARED : new Origin.Generated(cause);
    }

    Set<Edge> all() {
        return new View(edges.length, place -> edges[place]);
    }

    Set<Edge> leaving(int vertex) {
        return fan(leaving, vertex);
    }

    Set<Edge> entering(int vertex) {
        return fan(entering, vertex);
    }

    /** The number of the edge between these two, or -1. */
    int find(int begin, int end) {
        boolean narrow = leaving.count(begin) < entering.count(end);
        Arrows.Fans fans = narrow ? leaving : entering;
        int hub = narrow ? begin : end;
        for (int place = fans.first(hub); place < fans.end(hub); place++) {
            int number = fans.arrow(place);
            if (from[number] == begin && to[number] == end) {
                return number;
            }
        }
        return -1;
    }

    private Set<Edge> fan(Arrows.Fans fans, int vertex) {
        int first = fans.first(vertex);
        return new View(fans.count(vertex), place -> edges[fans.arrow(first + place)]);
    }

    /** Nobody can change it. */
    private static final class View extends AbstractSet<Edge> {
        private final int size;
        private final IntFunction<Edge> at;

        View(int size, IntFunction<Edge> at) {
            this.size = size;
            this.at = at;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException("a graph does not change");
        }

        @Override
        public Iterator<Edge> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size;
                }

                @Override
                public Edge next() {
                    if (next == size) {
                        throw new NoSuchElementException();
                    }
                    return at.apply(next++);
                }
            };
        }
    }

    /** Takes declared edges first, then generated ones. */
    static final class Builder {
        private final List<ResourceId> ids;
        private final List<Edge> declared;
        private final Arrows arrows;
        private final List<Cause> generated = new ArrayList<>();

        /**
         * @param arrows between the vertices of {@code declared}, in the same order; taken over
         */
        Builder(List<ResourceId> ids, List<Edge> declared, Arrows arrows) {
            this.ids = ids;
            this.declared = declared;
            this.arrows = arrows;
        }

        void generate(int from, int to, Cause cause) {
            arrows.add(from, to);
            generated.add(cause);
        }

        Arrows arrows() {
            return arrows;
        }

        /** A notify edge also orders; what is declared needs no generating. */
        Wiring build() {
            int vertices = ids.size();
            Arrows.Fans fans = arrows.leaving(vertices);
            int[] chosen = new int[arrows.size()];
            int[] slot = new int[vertices];
            Arrays.fill(slot, -1);
            int size = 0;
            for (int vertex = 0; vertex < vertices; vertex++) {
                int begin = size;
                for (int place = fans.first(vertex); place < fans.end(vertex); place++) {
                    int arrow = fans.arrow(place);
                    int known = slot[arrows.to(arrow)];
                    if (known < begin) {
                        slot[arrows.to(arrow)] = size;
                        chosen[size++] = arrow;
                    } else if (goesBefore(arrow, chosen[known])) {
                        chosen[known] = arrow;
                    }
                }
            }
            return wiring(chosen, size, vertices);
        }

        private boolean goesBefore(int arrow, int present) {
            int count = declared.size();
            if (arrow < count) {
                return declared.get(arrow) instanceof Edge.Notify
                        && declared.get(present) instanceof Edge.Order;
            }
            return present >= count
                    && generated.get(arrow - count).compareTo(generated.get(present - count)) < 0;
        }

        private Wiring wiring(int[] chosen, int size, int vertices) {
            Edge[] edges = new Edge[size];
            int[] from = new int[size];
            int[] to = new int[size];
            @Nullable Cause[] causes = new @Nullable Cause[size];
            for (int number = 0; number < size; number++) {
                int arrow = chosen[number];
                from[number] = arrows.from(arrow);
                to[number] = arrows.to(arrow);
                if (arrow < declared.size()) {
                    edges[number] = declared.get(arrow);
                } else {
                    edges[number] = new Edge.Order(ids.get(from[number]), ids.get(to[number]));
                    causes[number] = generated.get(arrow - declared.size());
                }
            }
            return new Wiring(edges, from, to, causes, vertices);
        }
    }
}
