package dev.mgmt.engine.yaml;

import dev.mgmt.engine.graph.Arrows;
import dev.mgmt.engine.graph.Cycle;
import dev.mgmt.engine.graph.Cycles;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The edges of a file, each once. Their ends are numbers, first those of what the file declares: an
 * end's name is looked up once, however often it is needed.
 */
final class EdgeList {
    private final ResourcesSection resources;
    private final Map<ResourceId, Integer> numbers = new HashMap<>();
    private final List<ResourceId> others = new ArrayList<>();
    private final Arrows arrows = new Arrows(0);
    private final List<Boolean> notifies = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();

    /**
     * @param resources all of them: no more may be declared
     */
    EdgeList(ResourcesSection resources) {
        this.resources = resources;
    }

    /** The number of an end that the file does not declare. */
    int numberOfOther(ResourceId id) {
        return numbers.computeIfAbsent(
                id,
                fresh -> {
                    others.add(fresh);
                    return resources.count() + others.size() - 1;
                });
    }

    /** Nothing happens if it is there. */
    void add(int from, int to, boolean notify, Place at) {
        if (known.add((((long) from << Integer.SIZE) | to) * 2 + (notify ? 1 : 0))) {
            arrows.add(from, to);
            notifies.add(notify);
            places.add(at);
        }
    }

    private ResourceId id(int number) {
        int declared = resources.count();
        return number < declared ? resources.id(number) : others.get(number - declared);
    }

    /**
     * @param wanted told both ends
     */
    List<Edge> edges(BiPredicate<ResourceId, ResourceId> wanted) {
        List<Edge> edges = new ArrayList<>(arrows.size());
        for (int edge = 0; edge < arrows.size(); edge++) {
            ResourceId from = id(arrows.from(edge));
            ResourceId to = id(arrows.to(edge));
            if (wanted.test(from, to)) {
                edges.add(
                        notifies.get(edge) ? new Edge.Notify(from, to) : new Edge.Order(from, to));
            }
        }
        return edges;
    }

    /** Each cycle with the place where, of all edges along it, the last is written. */
    Map<Cycle, Place> cycles() {
        List<Cycle> cycles = Cycles.among(resources.count() + others.size(), arrows, this::id);
        if (cycles.isEmpty()) {
            return Map.of();
        }
        Map<Step, Place> written = new HashMap<>();
        for (int edge = 0; edge < arrows.size(); edge++) {
            Step step = new Step(id(arrows.from(edge)), id(arrows.to(edge)));
            written.putIfAbsent(step, places.get(edge));
        }
        Map<Cycle, Place> placed = new LinkedHashMap<>();
        cycles.forEach(
                cycle ->
                        placed.put(
                                cycle,
                                steps(cycle).stream()
                                        .map(written::get)
                                        .max(Place::compareTo)
                                        .orElseThrow()));
        return placed;
    }

    private static List<Step> steps(Cycle cycle) {
        List<Step> steps = new ArrayList<>();
        ResourceId previous = cycle.path().getLast();
        for (ResourceId id : cycle.path()) {
            steps.add(new Step(previous, id));
            previous = id;
        }
        return steps;
    }

    private record Step(ResourceId from, ResourceId to) {}
}
