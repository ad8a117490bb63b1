package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph that can run: every edge has both ends, there is at most one edge between two vertices in
 * one direction, and there is no cycle. Immutable.
 */
public final class ResourceGraph {
    private final String name;
    private final Map<ResourceId, Resource> resources;
    private final Shape shape;

    /**
     * @param resources by number
     */
    ResourceGraph(String name, List<Resource> resources, Shape shape) {
        this.name = name;
        this.resources = new NumberedResources(resources, shape.numbers);
        this.shape = shape;
    }

    /** A graph with nothing in it: what runs before the first one is submitted. */
    public static ResourceGraph empty() {
        return new ResourceGraph("", List.of(), Shape.EMPTY);
    }

    /**
     * Joins what the file declares and what was collected, and nothing else: no edge is generated.
     * A local resource goes before a collected one of the same identity, and an earlier collected
     * one before a later. An edge to a resource of a collected kind that is not there (yet) is left
     * out.
     */
    public static GraphBuilding of(
            GraphDefinition definition, Collection<? extends Resource> collected) {
        return new GraphJoin(definition).join(collected, Optional.empty());
    }

    /**
     * The same with the edges that follow from what the resources are, and with groups. A generated
     * edge that would close a cycle is left out, and a warning says so.
     */
    public static GraphBuilding of(
            GraphDefinition definition,
            Collection<? extends Resource> collected,
            HostKnowledge host) {
        return new GraphJoin(definition).join(collected, Optional.of(host));
    }

    /**
     * The graph that this one becomes if all that is new are resources in the places of former
     * ones; empty if it has to be built. Equal resources are the same objects as before.
     *
     * @param former what this graph was built from, with nothing collected
     * @param host must give the answers that it gave for this graph
     */
    public Optional<ResourceGraph> revised(
            GraphDefinition former, GraphDefinition next, HostKnowledge host) {
        return Revision.between(former, next, host)
                .map(resources -> new ResourceGraph(next.name(), resources, shape));
    }

    /** Whether both are known to have the same vertices in the same places, and the same edges. */
    public boolean hasShapeOf(ResourceGraph other) {
        return shape == other.shape;
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

    /** Declared and generated ones alike; {@link #origin} tells them apart. */
    public Set<Edge> edges() {
        return shape.wiring.all();
    }

    /** Is told of an edge, and of its ends by their places in {@link #resources}. */
    @FunctionalInterface
    public interface EdgeVisitor {
        void visit(int from, int to, Edge edge);
    }

    /** Goes through {@link #edges} without a search for their ends. */
    public void forEachEdge(EdgeVisitor visitor) {
        for (int number = 0; number < shape.wiring.size(); number++) {
            visitor.visit(
                    shape.wiring.from(number), shape.wiring.to(number), shape.wiring.edge(number));
        }
    }

    /** The edges that end at this vertex. */
    public Set<Edge> edgesInto(ResourceId id) {
        return shape.wiring.entering(number(id));
    }

    /** The edges that begin at this vertex. */
    public Set<Edge> edgesFrom(ResourceId id) {
        return shape.wiring.leaving(number(id));
    }

    /** Why this edge of the graph is there. */
    public Origin origin(Edge edge) {
        int found = shape.wiring.find(number(edge.from()), number(edge.to()));
        if (found < 0 || !shape.wiring.edge(found).equals(edge)) {
            throw new IllegalArgumentException("not an edge of this graph: " + edge);
        }
        return shape.wiring.origin(found);
    }

    /** What must be good before this vertex runs. */
    public List<ResourceId> predecessors(ResourceId id) {
        return edgesInto(id).stream().map(Edge::from).toList();
    }

    /** What runs after this vertex is good. */
    public List<ResourceId> successors(ResourceId id) {
        return edgesFrom(id).stream().map(Edge::to).toList();
    }

    /** All vertices, each after its predecessors; the same for equal definitions. */
    public List<ResourceId> topologicalOrder() {
        List<ResourceId> sorted = new ArrayList<>(shape.order.length);
        for (int vertex : shape.order) {
            sorted.add(shape.ids.get(vertex));
        }
        return Collections.unmodifiableList(sorted);
    }

    /**
     * Vertices that may be applied in one action, two or more each; none is in two groups. No path
     * leads from one member to another, and groups that wait for each other do not exist either.
     */
    public List<List<ResourceId>> groups() {
        return shape.groups;
    }

    private int number(ResourceId id) {
        Integer number = shape.numbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException("not a vertex of this graph: " + id);
        }
        return number;
    }

    @Override
    public String toString() {
        return "graph %s: %d vertices, %d edges"
                .formatted(name, resources.size(), shape.wiring.size());
    }
}
