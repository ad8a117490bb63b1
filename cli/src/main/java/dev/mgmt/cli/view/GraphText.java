package dev.mgmt.cli.view;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph as text that other programs draw. Equal graphs give equal texts. */
public final class GraphText {
    private static final Comparator<Edge> BY_ENDS =
            Comparator.comparing(Edge::from).thenComparing(Edge::to);

    private GraphText() {}

    /** How an edge is drawn. */
    private enum Stroke {
        ORDER,
        NOTIFY
    }

    private static Stroke stroke(Edge edge) {
        return switch (edge) {
            case Edge.Order _ -> Stroke.ORDER;
            case Edge.Notify _ -> Stroke.NOTIFY;
        };
    }

    private static List<Edge> edges(ResourceGraph graph) {
        return graph.edges().stream().sorted(BY_ENDS).toList();
    }

    /** In graphviz's language. */
    public static String dot(ResourceGraph graph) {
        StringBuilder text = new StringBuilder();
        text.append("digraph ").append(quoted(graph.name())).append(" {\n");
        text.append("  node [shape=box];\n");
        for (ResourceId id : graph.topologicalOrder()) {
            text.append("  ").append(quoted(id.toString())).append(";\n");
        }
        for (Edge edge : edges(graph)) {
            text.append("  ")
                    .append(quoted(edge.from().toString()))
                    .append(" -> ")
                    .append(quoted(edge.to().toString()))
                    .append(
                            switch (stroke(edge)) {
                                case ORDER -> "";
                                case NOTIFY -> " [label=\"notify\"]";
                            })
                    .append(";\n");
        }
        return text.append("}\n").toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** In Mermaid's language. */
    public static String mermaid(ResourceGraph graph) {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        Map<ResourceId, String> numbers = new HashMap<>();
        for (ResourceId id : graph.topologicalOrder()) {
            String number = "r" + numbers.size();
            numbers.put(id, number);
            text.append("  ").append(number).append("[\"").append(entities(id)).append("\"]\n");
        }
        for (Edge edge : edges(graph)) {
            text.append("  ")
                    .append(numbers.get(edge.from()))
                    .append(
                            switch (stroke(edge)) {
                                case ORDER -> " --> ";
                                case NOTIFY -> " -->|notify| ";
                            })
                    .append(numbers.get(edge.to()))
                    .append('\n');
        }
        return text.toString();
    }

    /** Mermaid knows HTML's characters by number. */
    private static String entities(ResourceId id) {
        StringBuilder text = new StringBuilder();
        id.toString()
                .codePoints()
                .forEach(
                        point -> {
                            if (point < ' ' || "\"#;<>&`".indexOf(point) >= 0) {
                                text.append('#').append(point).append(';');
                            } else {
                                text.appendCodePoint(point);
                            }
                        });
        return text.toString();
    }
}
