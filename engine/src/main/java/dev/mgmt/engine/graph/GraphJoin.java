package dev.mgmt.engine.graph;

import static java.util.stream.Collectors.toSet;

import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds one {@link ResourceGraph}; used once. */
final class GraphJoin {
    private final GraphDefinition definition;
    private final Set<String> collectedKinds;
    private final List<Resource> resources;
    private final Map<ResourceId, Integer> numbers;
    private final List<ResourceId> ids = new ArrayList<>();
    private final List<Edge> edges;
    private final Arrows arrows;
    private final List<String> warnings = new ArrayList<>();
    private final List<GraphProblem> problems = new ArrayList<>();

    GraphJoin(GraphDefinition definition) {
        this.definition = definition;
        collectedKinds = definition.collects().stream().map(Collect::kind).collect(toSet());
        resources = new ArrayList<>(definition.resources().size());
        numbers = HashMap.newHashMap(definition.resources().size());
        edges = new ArrayList<>(definition.edges().size());
        arrows = new Arrows(definition.edges().size());
    }

    GraphBuilding join(Collection<? extends Resource> collected, Optional<HostKnowledge> host) {
        definition.resources().forEach(this::add);
        collected.forEach(this::add);
        definition.edges().forEach(this::connect);
        Optional<int[]> order = TopologicalOrder.of(ids.size(), arrows);
        if (order.isEmpty()) {
            Cycles.in(ids, arrows).forEach(cycle -> problems.add(new GraphProblem.Cyclic(cycle)));
        }
        if (order.isEmpty() || !problems.isEmpty()) {
            return new GraphBuilding.Refused(problems);
        }
        return new GraphBuilding.Built(
                host.isPresent() ? completed(host.get(), order.get()) : graph(order.get()),
                warnings);
    }

    private ResourceGraph graph(Shape shape) {
        return new ResourceGraph(definition.name(), resources, shape);
    }

    private ResourceGraph graph(int[] order) {
        Wiring wiring = new Wiring.Builder(ids, edges, arrows).build();
        return graph(new Shape(ids, numbers, wiring, order, List.of()));
    }

    /** With generated edges and groups. */
    private ResourceGraph completed(HostKnowledge host, int[] declaredOrder) {
        Candidates candidates = AutoEdges.among(resources, host);
        Untangling.Result untangled = Untangling.of(ids, arrows, candidates);
        warnings.addAll(untangled.notices());
        Wiring.Builder builder = new Wiring.Builder(ids, edges, arrows);
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            if (!untangled.leftOut()[candidate]) {
                builder.generate(
                        candidates.from(candidate),
                        candidates.to(candidate),
                        candidates.cause(candidate));
            }
        }
        int[] order =
                candidates.size() == 0
                        ? declaredOrder
                        : TopologicalOrder.of(ids.size(), arrows).orElseThrow();
        List<List<ResourceId>> groups = AutoGroup.of(resources, arrows, host);
        return graph(new Shape(ids, numbers, builder.build(), order, groups));
    }

    private void add(Resource resource) {
        Integer present = numbers.putIfAbsent(resource.id(), ids.size());
        if (present == null) {
            ids.add(resource.id());
            resources.add(resource);
        } else if (!resources.get(present).equals(resource)) {
            warnings.add(
                    "another "
                            + resource.id()
                            + " was collected and is left out: the graph already has one");
        }
    }

    private void connect(Edge edge) {
        Integer begin = end(edge, edge.from());
        Integer end = end(edge, edge.to());
        if (begin != null && end != null) {
            edges.add(edge);
            arrows.add(begin, end);
        }
    }

    private @Nullable Integer end(Edge edge, ResourceId id) {
        Integer number = numbers.get(id);
        if (number == null && !collectedKinds.contains(id.kind())) {
            problems.add(new GraphProblem.UnknownEnd(edge, id));
        }
        return number;
    }
}
