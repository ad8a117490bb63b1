package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.GraphBuilder;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTextTest {
    private static final ResourceGraph GRAPH = graph();

    private static ResourceGraph graph() {
        ResourceId a = new ResourceId("noop", "say \"a\"");
        ResourceId b = new ResourceId("noop", "b");
        ResourceId c = new ResourceId("noop", "c\\");
        GraphBuilder graph =
                GraphBuilder.named("small")
                        .add("noop", a.name(), Map.of())
                        .add("noop", b.name(), Map.of())
                        .add("noop", c.name(), Map.of())
                        .notify(b, c)
                        .order(a, b);
        return ResourceGraph.of(graph.build(), List.of()) instanceof GraphBuilding.Built built
                ? built.graph()
                : ResourceGraph.empty();
    }

    @Test
    void dotNamesEveryVertexAndEdge() {
        assertEquals(
                """
                digraph "small" {
                  node [shape=box];
                  "noop[say \\"a\\"]";
                  "noop[b]";
                  "noop[c\\\\]";
                  "noop[b]" -> "noop[c\\\\]" [label="notify"];
                  "noop[say \\"a\\"]" -> "noop[b]";
                }
                """,
                GraphText.dot(GRAPH));
    }

    @Test
    void mermaidNamesEveryVertexAndEdge() {
        assertEquals(
                """
                flowchart TD
                  r0["noop[say #34;a#34;]"]
                  r1["noop[b]"]
                  r2["noop[c\\]"]
                  r1 -->|notify| r2
                  r0 --> r1
                """,
                GraphText.mermaid(GRAPH));
    }
}
