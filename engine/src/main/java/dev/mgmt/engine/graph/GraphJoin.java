package dev.mgmt.engine.graph;

import static java.util.stream.Collectors.toSet;

import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultDirectedGraph;

/** Builds one {@link ResourceGraph}; used once. */
final class GraphJoin {
    private final GraphDefinition definition;
    private final Set<String> collectedKinds;
    private final Map<ResourceId, Resource> resources = new LinkedHashMap<>();
    private final Graph<ResourceId, Edge> graph = new DefaultDirectedGraph<>(Edge.class);
    private final List<String> warnings = new ArrayList<>();
    private final List<GraphProblem> problems = new ArrayList<>();

    GraphJoin(GraphDefinition definition) {
        this.definition = definition;
        this.collectedKinds = definition.collects().stream().map(Collect::kind).collect(toSet());
    }

    GraphBuilding join(Collection<? extends Resource> collected) {
        definition.resources().forEach(this::add);
        collected.forEach(this::add);
        definition.edges().forEach(this::connect);
        Optional<List<ResourceId>> order = TopologicalOrder.of(graph);
        if (order.isEmpty()) {
            Cycles.in(graph).forEach(cycle -> problems.add(new GraphProblem.Cyclic(cycle)));
        }
        if (order.isEmpty() || !problems.isEmpty()) {
            return new GraphBuilding.Refused(problems);
        }
        return new GraphBuilding.Built(
                new ResourceGraph(definition.name(), resources, graph, order.get()), warnings);
    }

    private void add(Resource resource) {
        Resource present = resources.putIfAbsent(resource.id(), resource);
        if (present == null) {
            graph.addVertex(resource.id());
        } else if (!present.equals(resource)) {
            warnings.add(
                    "another "
                            + resource.id()
                            + " was collected and is left out: the graph already has one");
        }
    }

    private void connect(Edge edge) {
        boolean begins = isThere(edge, edge.from());
        boolean ends = isThere(edge, edge.to());
        if (begins && ends) {
            insert(edge);
        }
    }

    private boolean isThere(Edge edge, ResourceId end) {
        if (resources.containsKey(end)) {
            return true;
        }
        if (!collectedKinds.contains(end.kind())) {
            problems.add(new GraphProblem.UnknownEnd(edge, end));
        }
        return false;
    }

    /** A notify edge also orders: it takes the place of an order edge between the same two. */
    private void insert(Edge edge) {
        boolean added = graph.addEdge(edge.from(), edge.to(), edge);
        if (!added && edge instanceof Edge.Notify) {
            graph.removeEdge(edge.from(), edge.to());
            graph.addEdge(edge.from(), edge.to(), edge);
        }
    }
}
