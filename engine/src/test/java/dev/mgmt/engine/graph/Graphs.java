package dev.mgmt.engine.graph;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
import java.util.Optional;

/** Graphs of noop vertices, for tests. */
final class Graphs {
    private Graphs() {}

    static ResourceId id(String name) {
        return new ResourceId("noop", name);
    }

    static Resource noop(String name, String comment) {
        return new NoopResource(id(name), Meta.NONE, comment);
    }

    static Edge order(String from, String to) {
        return new Edge.Order(id(from), id(to));
    }

    static Edge notifying(String from, String to) {
        return new Edge.Notify(id(from), id(to));
    }

    static GraphDefinition definition(List<Resource> resources, Edge... edges) {
        return new GraphDefinition(
                "g", resources, List.of(), List.of(edges), List.of(), Optional.empty());
    }

    static GraphDefinition collecting(List<Resource> resources, Edge... edges) {
        return new GraphDefinition(
                "g",
                resources,
                List.of(),
                List.of(edges),
                List.of(new Collect("noop", "")),
                Optional.empty());
    }

    static ResourceGraph built(GraphDefinition definition, Resource... collected) {
        GraphBuilding building = ResourceGraph.of(definition, List.of(collected));
        return assertInstanceOf(GraphBuilding.Built.class, building).graph();
    }
}
