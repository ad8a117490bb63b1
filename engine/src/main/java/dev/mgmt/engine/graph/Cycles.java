package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;

/** Finds what keeps a graph from having an order. Linear in vertices and edges. */
public final class Cycles {
    private Cycles() {}

    /** One shortest cycle of each knot of vertices that wait for each other. */
    public static List<Cycle> among(Collection<? extends Edge> edges) {
        Graph<ResourceId, Edge> graph = new DefaultDirectedGraph<>(Edge.class);
        for (Edge edge : edges) {
            graph.addVertex(edge.from());
            graph.addVertex(edge.to());
            graph.addEdge(edge.from(), edge.to(), edge);
        }
        return TopologicalOrder.of(graph).isPresent() ? List.of() : in(graph);
    }

    /** Takes longer than {@link TopologicalOrder}, which tells whether there is any cycle. */
    static List<Cycle> in(Graph<ResourceId, Edge> graph) {
        List<Cycle> cycles = new ArrayList<>();
        for (Set<ResourceId> knot :
                new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
            ResourceId any = knot.iterator().next();
            if (knot.size() > 1 || graph.containsEdge(any, any)) {
                cycles.add(shortestThrough(graph, knot));
            }
        }
        return cycles;
    }

    /** Breadth first from the knot's least vertex, so that the answer is always the same. */
    private static Cycle shortestThrough(Graph<ResourceId, Edge> graph, Set<ResourceId> knot) {
        ResourceId start = knot.stream().min(ResourceId::compareTo).orElseThrow();
        Map<ResourceId, ResourceId> cameFrom = new HashMap<>();
        Deque<ResourceId> frontier = new ArrayDeque<>(List.of(start));
        while (true) {
            ResourceId at = frontier.remove();
            for (Edge edge : graph.outgoingEdgesOf(at)) {
                ResourceId next = edge.to();
                if (next.equals(start)) {
                    return pathTo(at, start, cameFrom);
                }
                if (knot.contains(next) && cameFrom.putIfAbsent(next, at) == null) {
                    frontier.add(next);
                }
            }
        }
    }

    private static Cycle pathTo(
            ResourceId end, ResourceId start, Map<ResourceId, ResourceId> cameFrom) {
        Deque<ResourceId> path = new ArrayDeque<>();
        ResourceId at = end;
        while (!at.equals(start)) {
            path.addFirst(at);
            at = cameFrom.getOrDefault(at, start);
        }
        path.addFirst(start);
        return new Cycle(List.copyOf(path));
    }
}
