package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Finds what keeps a graph from having an order. Linear in vertices and edges. */
public final class Cycles {
    private static final int NOWHERE = -1;

    private final List<ResourceId> ids;
    private final Arrows arrows;
    private final Arrows.Fans leaving;
    private final int[] knot;
    private final int[] cameFrom;

    private Cycles(List<ResourceId> ids, Arrows arrows) {
        this.ids = ids;
        this.arrows = arrows;
        leaving = arrows.leaving(ids.size());
        knot = Knots.of(ids.size(), arrows);
        cameFrom = new int[ids.size()];
        Arrays.fill(cameFrom, NOWHERE);
    }

    /**
     * One shortest cycle of each knot of vertices that wait for each other.
     *
     * @param vertices how many the arrows may name, from 0
     */
    public static List<Cycle> among(int vertices, Arrows arrows, IntFunction<ResourceId> ids) {
        boolean ordered = TopologicalOrder.of(vertices, arrows).isPresent();
        return ordered
                ? List.of()
                : in(IntStream.range(0, vertices).mapToObj(ids).toList(), arrows);
    }

    /** Takes longer than {@link TopologicalOrder}, which tells whether there is any cycle. */
    static List<Cycle> in(List<ResourceId> ids, Arrows arrows) {
        return new Cycles(ids, arrows).find();
    }

    private List<Cycle> find() {
        List<Cycle> cycles = new ArrayList<>();
        for (int start : starts()) {
            cycles.add(shortestThrough(start));
        }
        return cycles;
    }

    /**
     * The least vertex of each knot that has a way round, so that the answer is always the same.
     */
    private Collection<Integer> starts() {
        Map<Integer, Integer> least = new HashMap<>();
        for (int arrow = 0; arrow < arrows.size(); arrow++) {
            int begin = arrows.from(arrow);
            if (knot[begin] == knot[arrows.to(arrow)]) {
                least.merge(knot[begin], begin, (one, other) -> lesser(one, other));
            }
        }
        Map<ResourceId, Integer> sorted = new TreeMap<>(Comparator.naturalOrder());
        least.values().forEach(vertex -> sorted.put(ids.get(vertex), vertex));
        return sorted.values();
    }

    private int lesser(int one, int other) {
        return ids.get(one).compareTo(ids.get(other)) <= 0 ? one : other;
    }

    /** Breadth first, without leaving the knot. */
    private Cycle shortestThrough(int start) {
        List<Integer> frontier = new ArrayList<>(List.of(start));
        for (int next = 0; next < frontier.size(); next++) {
            int at = frontier.get(next);
            for (int place = leaving.first(at); place < leaving.end(at); place++) {
                int to = arrows.to(leaving.arrow(place));
                if (to == start) {
                    return pathTo(at, start);
                }
                if (knot[to] == knot[start] && cameFrom[to] == NOWHERE) {
                    cameFrom[to] = at;
                    frontier.add(to);
                }
            }
        }
        throw new IllegalStateException("no way round through " + ids.get(start));
    }

    private Cycle pathTo(int end, int start) {
        List<ResourceId> path = new ArrayList<>();
        for (int at = end; at != start; at = cameFrom[at]) {
            path.add(ids.get(at));
        }
        path.add(ids.get(start));
        return new Cycle(path.reversed());
    }
}
