package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Leaves out those generated edges that would close a cycle, and no others: the better reason is
 * taken first, and of equal ones the first by name, so that the answer does not depend on the order
 * of declaration. Only what stands in a knot is looked at.
 */
final class Untangling {
    /** How many vertices may be searched for each that is in a knot: the cost stays linear. */
    private static final long EFFORT = 512;

    private static final int NOT_HERE = -1;

    private final List<ResourceId> ids;
    private final Arrows declared;
    private final Candidates candidates;
    private final boolean[] leftOut;
    private final LeftOut notices;
    private final int[] local;

    private Untangling(List<ResourceId> ids, Arrows declared, Candidates candidates) {
        this.ids = ids;
        this.declared = declared;
        this.candidates = candidates;
        leftOut = new boolean[candidates.size()];
        notices = new LeftOut(ids);
        local = new int[ids.size()];
        Arrays.fill(local, NOT_HERE);
    }

    /**
     * @param leftOut by candidate
     * @param notices which, and why, for people
     */
    @SuppressWarnings("ArrayRecordComponent") // Read once, by whoever asked.
    record Result(boolean[] leftOut, List<String> notices) {}

    /**
     * @param declared has no cycle
     */
    static Result of(List<ResourceId> ids, Arrows declared, Candidates candidates) {
        Untangling untangling = new Untangling(ids, declared, candidates);
        untangling.untangle();
        return new Result(untangling.leftOut, untangling.notices.sentences());
    }

    private void untangle() {
        Arrows all = new Arrows(declared.size() + candidates.size());
        for (int arrow = 0; arrow < declared.size(); arrow++) {
            all.add(declared.from(arrow), declared.to(arrow));
        }
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            all.add(candidates.from(candidate), candidates.to(candidate));
        }
        if (TopologicalOrder.of(ids.size(), all).isPresent()) {
            return;
        }
        int[] knot = Knots.of(ids.size(), all);
        Map<Integer, Tangle> tangles = new HashMap<>();
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            int where = knot[candidates.from(candidate)];
            if (where == knot[candidates.to(candidate)]) {
                tangles.computeIfAbsent(where, _ -> new Tangle()).candidates.add(candidate);
            }
        }
        for (int vertex = 0; vertex < ids.size(); vertex++) {
            Tangle tangle = tangles.get(knot[vertex]);
            if (tangle != null) {
                tangle.vertices.add(vertex);
            }
        }
        for (int arrow = 0; arrow < declared.size(); arrow++) {
            Tangle tangle = tangles.get(knot[declared.from(arrow)]);
            if (tangle != null && knot[declared.from(arrow)] == knot[declared.to(arrow)]) {
                tangle.declared.add(arrow);
            }
        }
        inOrderOfNames(tangles.values()).forEach(this::untangle);
    }

    /** One knot: what is in it, by the numbers of the whole graph. */
    private static final class Tangle {
        private final List<Integer> vertices = new ArrayList<>();
        private final List<Integer> declared = new ArrayList<>();
        private final List<Integer> candidates = new ArrayList<>();
    }

    private Iterable<Tangle> inOrderOfNames(Iterable<Tangle> tangles) {
        Map<ResourceId, Tangle> sorted = new TreeMap<>();
        for (Tangle tangle : tangles) {
            tangle.vertices.sort(Comparator.comparing(ids::get));
            sorted.put(ids.get(tangle.vertices.getFirst()), tangle);
        }
        return sorted.values();
    }

    private void untangle(Tangle tangle) {
        int vertices = tangle.vertices.size();
        for (int number = 0; number < vertices; number++) {
            local[tangle.vertices.get(number)] = number;
        }
        Arrows inside = new Arrows(tangle.declared.size());
        tangle.declared.sort(Comparator.comparingLong(this::declaredKey));
        for (int arrow : tangle.declared) {
            inside.add(local[declared.from(arrow)], local[declared.to(arrow)]);
        }
        int arrows = tangle.declared.size() + tangle.candidates.size();
        KeptOrder order =
                new KeptOrder(byName(vertices, inside), arrows, EFFORT * (vertices + arrows));
        for (int arrow = 0; arrow < inside.size(); arrow++) {
            order.add(inside.from(arrow), inside.to(arrow));
        }
        tangle.candidates.sort(
                Comparator.<Integer, Origin.Cause>comparing(candidates::cause)
                        .thenComparingLong(this::candidateKey));
        for (int candidate : tangle.candidates) {
            KeptOrder.Addition addition =
                    order.add(local[candidates.from(candidate)], local[candidates.to(candidate)]);
            switch (addition) {
                case KeptOrder.Addition.Added() -> {}
                case KeptOrder.Addition.Closing(int[] path) -> {
                    leftOut[candidate] = true;
                    notices.closing(candidates, candidate, tangle.vertices, path);
                }
                case KeptOrder.Addition.Unclear() -> {
                    leftOut[candidate] = true;
                    notices.unclear();
                }
            }
        }
    }

    private long declaredKey(int arrow) {
        return key(declared.from(arrow), declared.to(arrow));
    }

    private long candidateKey(int candidate) {
        return key(candidates.from(candidate), candidates.to(candidate));
    }

    /** Local numbers are in the order of names. */
    private long key(int from, int to) {
        return ((long) local[from] << 32) | local[to];
    }

    /** An order of its own, whatever the order of declaration: the first by name goes first. */
    private static int[] byName(int vertices, Arrows arrows) {
        int[] waitsFor = new int[vertices];
        for (int arrow = 0; arrow < arrows.size(); arrow++) {
            waitsFor[arrows.to(arrow)]++;
        }
        PriorityQueue<Integer> free = new PriorityQueue<>();
        for (int vertex = 0; vertex < vertices; vertex++) {
            if (waitsFor[vertex] == 0) {
                free.add(vertex);
            }
        }
        Arrows.Fans leaving = arrows.leaving(vertices);
        int[] order = new int[vertices];
        for (int place = 0; place < vertices; place++) {
            int vertex = free.remove();
            order[place] = vertex;
            for (int next = leaving.first(vertex); next < leaving.end(vertex); next++) {
                int after = arrows.to(leaving.arrow(next));
                waitsFor[after]--;
                if (waitsFor[after] == 0) {
                    free.add(after);
                }
            }
        }
        return order;
    }
}
