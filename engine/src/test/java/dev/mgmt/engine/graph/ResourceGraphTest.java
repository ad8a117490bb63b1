package dev.mgmt.engine.graph;

import static dev.mgmt.engine.graph.Graphs.built;
import static dev.mgmt.engine.graph.Graphs.collecting;
import static dev.mgmt.engine.graph.Graphs.definition;
import static dev.mgmt.engine.graph.Graphs.id;
import static dev.mgmt.engine.graph.Graphs.noop;
import static dev.mgmt.engine.graph.Graphs.notifying;
import static dev.mgmt.engine.graph.Graphs.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.graph.GraphBuilding.Built;
import dev.mgmt.engine.graph.GraphBuilding.Refused;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceGraphTest {
    private static final List<Resource> ABC = List.of(noop("a", ""), noop("b", ""), noop("c", ""));

    @Test
    void neighboursAreFoundInBothDirections() {
        ResourceGraph graph = built(definition(ABC, order("a", "c"), notifying("b", "c")));
        assertEquals(List.of(id("a"), id("b")), graph.predecessors(id("c")));
        assertEquals(List.of(id("c")), graph.successors(id("a")));
        assertEquals(Set.of(notifying("b", "c")), graph.edgesFrom(id("b")));
        assertEquals(Set.of(order("a", "c"), notifying("b", "c")), graph.edgesInto(id("c")));
        assertEquals(Set.of(), graph.edgesInto(id("a")));
        assertEquals(Optional.of(noop("a", "")), graph.resource(id("a")));
        assertEquals(Optional.empty(), graph.resource(id("z")));
        assertEquals(3, graph.size());
    }

    @Test
    void nobodyCanChangeAGraph() {
        ResourceGraph graph = built(definition(ABC, order("a", "c")));
        assertThrows(UnsupportedOperationException.class, () -> graph.edges().clear());
        assertThrows(UnsupportedOperationException.class, () -> graph.resources().clear());
        assertThrows(UnsupportedOperationException.class, () -> graph.topologicalOrder().clear());
    }

    @Test
    void aNotifyEdgeAlsoOrders() {
        for (List<Edge> edges :
                List.of(
                        List.of(order("a", "b"), notifying("a", "b")),
                        List.of(notifying("a", "b"), order("a", "b")))) {
            ResourceGraph graph = built(definition(ABC, edges.toArray(Edge[]::new)));
            assertEquals(Set.of(notifying("a", "b")), graph.edges());
        }
    }

    @Test
    void theEmptyGraphHasNothing() {
        assertEquals(0, ResourceGraph.empty().size());
        assertEquals(List.of(), ResourceGraph.empty().topologicalOrder());
        assertEquals(Set.of(), ResourceGraph.empty().edges());
    }

    @Test
    void everyCycleAndEveryUnknownEndIsNamed() {
        GraphDefinition bad =
                definition(ABC, order("a", "b"), order("b", "a"), order("c", "c"), order("a", "z"));
        Refused refused = assertInstanceOf(Refused.class, ResourceGraph.of(bad, List.of()));
        assertEquals(
                Set.of(
                        "an edge names noop[z], which the graph does not have",
                        "these resources wait for each other: noop[a] -> noop[b] -> noop[a]",
                        "these resources wait for each other: noop[c] -> noop[c]"),
                Set.copyOf(refused.problems().stream().map(GraphProblem::message).toList()));
    }

    @Test
    void theShortestWayRoundIsShown() {
        Arrows arrows = new Arrows(4);
        arrows.add(0, 1);
        arrows.add(1, 2);
        arrows.add(2, 0);
        arrows.add(1, 0);
        assertEquals(
                List.of(new Cycle(List.of(id("a"), id("b")))),
                Cycles.among(3, arrows, vertex -> id("abc".substring(vertex, vertex + 1))));
    }

    @Test
    void edgesSleepUntilTheirResourceIsCollected() {
        GraphDefinition definition = collecting(ABC, order("a", "z"), order("a", "b"));
        assertEquals(Set.of(order("a", "b")), built(definition).edges());
        assertEquals(
                Set.of(order("a", "z"), order("a", "b")), built(definition, noop("z", "")).edges());
    }

    @Test
    void aCollectedResourceMayCloseACycle() {
        GraphDefinition definition = collecting(ABC, order("a", "z"), order("z", "a"));
        assertInstanceOf(Built.class, ResourceGraph.of(definition, List.of()));
        assertInstanceOf(Refused.class, ResourceGraph.of(definition, List.of(noop("z", ""))));
    }

    @Test
    void theLocalResourceGoesBeforeACollectedOne() {
        GraphBuilding building =
                ResourceGraph.of(
                        collecting(ABC),
                        List.of(noop("a", ""), noop("b", "other"), noop("d", "1"), noop("d", "2")));
        Built built = assertInstanceOf(Built.class, building);
        assertEquals(Optional.of(noop("b", "")), built.graph().resource(id("b")));
        assertEquals(Optional.of(noop("d", "1")), built.graph().resource(id("d")));
        assertEquals(
                List.of(
                        "another noop[b] was collected and is left out: the graph already has one",
                        "another noop[d] was collected and is left out: the graph already has one"),
                built.warnings());
    }

    @Test
    void aHundredThousandVerticesAreOrdered() {
        int size = 100_000;
        Random random = new Random(1);
        List<Resource> resources = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            resources.add(noop("v" + i, ""));
        }
        for (int i = 0; i < 2 * size; i++) {
            int from = random.nextInt(size - 1);
            int to = from + 1 + random.nextInt(size - from - 1);
            edges.add(order("v" + from, "v" + to));
        }
        ResourceGraph graph = built(definition(resources, edges.toArray(Edge[]::new)));
        Map<ResourceId, Integer> position = new HashMap<>();
        graph.topologicalOrder().forEach(id -> position.put(id, position.size()));
        assertEquals(size, position.size());
        for (Edge edge : graph.edges()) {
            assertTrue(
                    position.getOrDefault(edge.from(), size) < position.getOrDefault(edge.to(), -1),
                    edge::toString);
        }
    }

    @Test
    void aRingOfAHundredThousandVerticesIsRefused() {
        int size = 100_000;
        Arrows arrows = new Arrows(size);
        for (int i = 0; i < size; i++) {
            arrows.add(i, (i + 1) % size);
        }
        List<Cycle> cycles = Cycles.among(size, arrows, vertex -> id("v" + vertex));
        assertEquals(size, cycles.getFirst().path().size());
    }
}
