package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultDirectedGraph;

/**
 * A graph that can run: every edge has both ends, there is at most one edge between two vertices in
 * one direction, and there is no cycle. Immutable.
 */
public final class ResourceGraph {
    private final String name;
    private final Map<ResourceId, Resource> resources;
    private final Graph<ResourceId, Edge> graph;
    private final List<ResourceId> order;

    /**
     * Takes over what it is given.
     *
     * @param order all vertices, each after its predecessors: there is no cycle
     */
    ResourceGraph(
            String name,
            Map<ResourceId, Resource> resources,
            Graph<ResourceId, Edge> graph,
            List<ResourceId> order) {
        this.name = name;
        this.resources = Collections.unmodifiableMap(resources);
        this.graph = graph;
        this.order = Collections.unmodifiableList(order);
    }

    /** A graph with nothing in it: what runs before the first one is submitted. */
    public static ResourceGraph empty() {
        return new ResourceGraph("", Map.of(), new DefaultDirectedGraph<>(Edge.class), List.of());
    }

    /**
     * Joins what the file declares and what was collected. A local resource goes before a collected
     * one of the same identity, and an earlier collected one before a later. An edge to a resource
     * of a collected kind that is not there (yet) is left out.
     */
    public static GraphBuilding of(
            GraphDefinition definition, Collection<? extends Resource> collected) {
        return new GraphJoin(definition).join(collected);
    }

    public String name() {
        return name;
    }

    /** All vertices, in the order they were declared. */
    public Map<ResourceId, Resource> resources() {
        return resources;
    }

    public Optional<Resource> resource(ResourceId id) {
        return Optional.ofNullable(resources.get(id));
    }

    public int size() {
        return resources.size();
    }

    public Set<Edge> edges() {
        return Collections.unmodifiableSet(graph.edgeSet());
    }

    /** The edges that end at this vertex. */
    public Set<Edge> edgesInto(ResourceId id) {
        return Collections.unmodifiableSet(graph.incomingEdgesOf(id));
    }

    /** The edges that begin at this vertex. */
    public Set<Edge> edgesFrom(ResourceId id) {
        return Collections.unmodifiableSet(graph.outgoingEdgesOf(id));
    }

    /** What must be good before this vertex runs. */
    public List<ResourceId> predecessors(ResourceId id) {
        return graph.incomingEdgesOf(id).stream().map(Edge::from).toList();
    }

    /** What runs after this vertex is good. */
    public List<ResourceId> successors(ResourceId id) {
        return graph.outgoingEdgesOf(id).stream().map(Edge::to).toList();
    }

    /** All vertices, each after its predecessors; the same for equal definitions. */
    public List<ResourceId> topologicalOrder() {
        return order;
    }

    @Override
    public String toString() {
        return "graph %s: %d vertices, %d edges"
                .formatted(name, resources.size(), graph.edgeSet().size());
    }
}
