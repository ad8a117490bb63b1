package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.ResourceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Plain values as the nodes that a text would have given, so that graphs made by programs pass the
 * very checks that files do. The line of a node is the number of its statement, from 1; what
 * belongs to none is in line 0.
 */
final class PlainNodes {
    private PlainNodes() {}

    /** The top of a graph. */
    static MappingNode graph(String name, List<PlainStatement> statements) {
        Map<String, List<Node>> resources = new LinkedHashMap<>();
        Map<String, Mark> firstOfKind = new LinkedHashMap<>();
        List<Node> edges = new ArrayList<>();
        List<Node> collects = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            Mark at = mark(i + 1);
            switch (statements.get(i)) {
                case PlainStatement.Resource resource -> {
                    firstOfKind.putIfAbsent(resource.kind(), at);
                    resources
                            .computeIfAbsent(resource.kind(), _ -> new ArrayList<>())
                            .add(resource(resource, at));
                }
                case PlainStatement.Order(ResourceId from, ResourceId to) ->
                        edges.add(edge(from, to, at));
                case PlainStatement.Notify(ResourceId from, ResourceId to) -> {
                    MappingNode edge = edge(from, to, at);
                    edge.getValue().add(entry("notify", plain("true", at), at));
                    edges.add(edge);
                }
                case PlainStatement.Collect(String kind, String pattern) ->
                        collects.add(node(Map.of("kind", kind, "pattern", pattern), at));
            }
        }
        Mark top = mark(0);
        List<NodeTuple> kinds = new ArrayList<>();
        firstOfKind.forEach(
                (kind, at) ->
                        kinds.add(
                                entry(
                                        kind,
                                        list(resources.getOrDefault(kind, List.of()), at),
                                        at)));
        List<NodeTuple> all = new ArrayList<>();
        all.add(entry("graph", text(name, top), top));
        all.add(entry("resources", map(kinds, top), top));
        all.add(entry("edges", list(edges, top), top));
        all.add(entry("collect", list(collects, top), top));
        return map(all, top);
    }

    private static Node resource(PlainStatement.Resource resource, Mark at) {
        List<NodeTuple> fields = new ArrayList<>();
        fields.add(entry("name", text(resource.name(), at), at));
        if (!resource.meta().isEmpty()) {
            fields.add(entry("meta", node(resource.meta(), at), at));
        }
        resource.fields().forEach((key, value) -> fields.add(entry(key, node(value, at), at)));
        return map(fields, at);
    }

    private static MappingNode edge(ResourceId from, ResourceId to, Mark at) {
        List<NodeTuple> parts = new ArrayList<>();
        parts.add(entry("from", end(from, at), at));
        parts.add(entry("to", end(to, at), at));
        return map(parts, at);
    }

    private static Node end(ResourceId id, Mark at) {
        return map(
                List.of(
                        entry("kind", text(id.kind(), at), at),
                        entry("name", text(id.name(), at), at)),
                at);
    }

    private static Node node(@Nullable Object value, Mark at) {
        return switch (value) {
            case null -> new ScalarNode(Tag.NULL, "", at, at, ScalarStyle.PLAIN);
            case CharSequence text -> text(text.toString(), at);
            case Path path -> text(path.toString(), at);
            case Boolean flag -> plain(flag.toString(), at);
            case Number number -> plain(number(number), at);
            case Collection<?> items ->
                    list(items.stream().map(item -> node(item, at)).toList(), at);
            case Map<?, ?> entries -> {
                List<NodeTuple> tuples = new ArrayList<>();
                entries.forEach(
                        (key, item) -> tuples.add(entry(String.valueOf(key), node(item, at), at)));
                yield map(tuples, at);
            }
            default ->
                    throw new IllegalArgumentException(
                            "a field takes text, numbers, booleans, paths, and lists and maps of"
                                    + " these, not a "
                                    + value.getClass().getName());
        };
    }

    private static String number(Number number) {
        return number instanceof Double d && Double.isInfinite(d) && d > 0
                ? ".inf"
                : number.toString();
    }

    private static NodeTuple entry(String key, Node value, Mark at) {
        return new NodeTuple(text(key, at), value);
    }

    private static Node text(String text, Mark at) {
        return new ScalarNode(Tag.STR, text, at, at, ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node plain(String text, Mark at) {
        return new ScalarNode(Tag.STR, text, at, at, ScalarStyle.PLAIN);
    }

    private static Node list(List<Node> items, Mark at) {
        return new SequenceNode(Tag.SEQ, true, items, at, at, FlowStyle.BLOCK);
    }

    private static MappingNode map(List<NodeTuple> entries, Mark at) {
        return new MappingNode(Tag.MAP, true, entries, at, at, FlowStyle.BLOCK);
    }

    private static Mark mark(int line) {
        return new Mark("", 0, line - 1, 0, new int[0], 0);
    }
}
