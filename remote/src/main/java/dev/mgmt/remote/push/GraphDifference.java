package dev.mgmt.remote.push;

import static java.util.stream.Collectors.toMap;

import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Export;
import dev.mgmt.engine.graph.GraphDiff;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
import java.util.Map;

/** How many resources an edit adds, changes and removes, exported ones included. */
public record GraphDifference(int added, int changed, int removed) {
    static final GraphDifference NONE = new GraphDifference(0, 0, 0);

    static GraphDifference between(GraphDefinition before, GraphDefinition after) {
        GraphDiff applied = GraphDiff.between(graph(before), graph(after));
        GraphDifference local =
                new GraphDifference(
                        applied.added().size(), applied.changed().size(), applied.removed().size());
        return local.plus(exports(before, after));
    }

    GraphDifference plus(GraphDifference other) {
        return new GraphDifference(
                added + other.added, changed + other.changed, removed + other.removed);
    }

    private static GraphDifference exports(GraphDefinition before, GraphDefinition after) {
        Map<ResourceId, String> old = texts(before);
        Map<ResourceId, String> now = texts(after);
        long kept = now.keySet().stream().filter(old::containsKey).count();
        long equal = now.entrySet().stream().filter(old.entrySet()::contains).count();
        return new GraphDifference(
                (int) (now.size() - kept), (int) (kept - equal), (int) (old.size() - kept));
    }

    private static Map<ResourceId, String> texts(GraphDefinition graph) {
        return graph.exports().stream().collect(toMap(Export::id, Export::text));
    }

    /** Of a file that was read without a problem, so it can be built. */
    private static ResourceGraph graph(GraphDefinition definition) {
        return switch (ResourceGraph.of(definition, List.of())) {
            case GraphBuilding.Built built -> built.graph();
            case GraphBuilding.Refused refused ->
                    throw new IllegalStateException("a valid file cannot run: " + refused);
        };
    }
}
