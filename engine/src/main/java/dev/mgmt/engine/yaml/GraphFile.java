package dev.mgmt.engine.yaml;

import static java.util.stream.Collectors.toSet;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the top of a graph file and hands each section to its reader. */
final class GraphFile {
    private static final List<String> KEYS =
            List.of("graph", "comment", "resources", "edges", "collect", "remote", VarsReader.KEY);
    private static final List<String> COLLECT_KEYS = List.of("kind", "pattern");

    private final KindNames kinds;
    private final Problems problems;
    private final NodeValues values;

    GraphFile(Kinds kinds, Problems problems) {
        this.kinds = new KindNames(kinds, problems);
        this.problems = problems;
        this.values = new NodeValues(problems);
    }

    /** To be used only if no problem was reported. */
    GraphDefinition read(MappingNode node) {
        YamlMap top = YamlMap.of(node, problems);
        checkKeys(top);
        String name = name(top);
        top.get("comment").ifPresent(comment -> values.text(comment, "`comment`"));
        ResourcesSection resources = new ResourcesSection(kinds, problems);
        top.get("resources").ifPresent(resources::read);
        List<Collect> collects = collects(top);
        EdgesSection edges =
                new EdgesSection(
                        kinds,
                        resources,
                        collects.stream().map(Collect::kind).collect(toSet()),
                        problems);
        List<Edge> read = edges.read(top.get("edges"));
        Optional<String> remote =
                top.get("remote").flatMap(remoteNode -> values.text(remoteNode, "`remote`"));
        return new GraphDefinition(
                name, resources.resources(), resources.exports(), read, collects, remote);
    }

    private void checkKeys(YamlMap top) {
        for (String key : top.keys()) {
            if (!KEYS.contains(key)) {
                problems.error(
                        top.placeOfKey(key),
                        "`" + key + "` is not a key of a graph file",
                        NearestName.advice(key, KEYS));
            }
        }
    }

    private String name(YamlMap top) {
        Optional<Node> node = top.get("graph");
        Optional<String> name = node.flatMap(found -> values.text(found, "`graph`"));
        if (node.isEmpty() || name.filter(String::isBlank).isPresent()) {
            problems.error(
                    top.placeOfValue("graph"), "the graph has no name", "write `graph: some-name`");
        }
        return name.orElse("");
    }

    private List<Collect> collects(YamlMap top) {
        List<Collect> collects = new ArrayList<>();
        for (Node item :
                top.get("collect").map(n -> values.list(n, "`collect`")).orElse(List.of())) {
            values.map(item, "an item of `collect`")
                    .flatMap(this::collect)
                    .ifPresent(collects::add);
        }
        return collects;
    }

    private Optional<Collect> collect(YamlMap map) {
        map.refuseOthersThan(COLLECT_KEYS, "a key of a `collect`", problems);
        Optional<Node> kindNode = map.get("kind");
        if (kindNode.isEmpty()) {
            problems.error(map.placeOfValue("kind"), "a `collect` needs a `kind`", "");
        }
        if (kindNode.orElse(null) instanceof StandIn) {
            problems.error(
                    map.placeOfKey("kind"),
                    "what is collected must be known beforehand",
                    "write the `kind` without `!template`");
            return Optional.empty();
        }
        Optional<Kind> kind =
                kindNode.flatMap(node -> values.text(node, "`kind`"))
                        .flatMap(name -> kinds.find(name, map.placeOfValue("kind")));
        Optional<String> pattern =
                map.get("pattern").flatMap(node -> values.text(node, "`pattern`"));
        kind.flatMap(found -> found.refusesPattern(pattern.orElse("")))
                .ifPresent(why -> problems.error(map.placeOfValue("pattern"), why, ""));
        return kind.map(found -> new Collect(found.name(), pattern.orElse("")));
    }
}
