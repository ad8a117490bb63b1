package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.template.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code vars}: texts, lists and mappings of them, to any depth. */
final class VarsReader {
    static final String KEY = "vars";

    private final Problems problems;
    private final NodeValues values;

    VarsReader(Problems problems) {
        this.problems = problems;
        this.values = new NodeValues(problems);
    }

    Value.Entries read(Optional<Node> node) {
        return node.flatMap(found -> values.map(found, "`vars`"))
                .map(this::entries)
                .orElse(new Value.Entries(Map.of()));
    }

    private Value.Entries entries(YamlMap map) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (String name : map.keys()) {
            if (!Names.isVariable(name)) {
                problems.error(
                        map.placeOfKey(name),
                        "`" + name + "` cannot be the name of a variable",
                        Names.RULE);
            }
            map.written(name).ifPresent(node -> entries.put(name, value(node)));
        }
        return new Value.Entries(entries);
    }

    private Value value(Node node) {
        return switch (node) {
            case ScalarNode scalar when NodeValues.isNull(scalar) ->
                    new Value.Scalar("", Value.Style.PLAIN);
            case ScalarNode scalar ->
                    new Value.Scalar(
                            scalar.getValue(),
                            scalar.isPlain() ? Value.Style.PLAIN : Value.Style.QUOTED);
            case SequenceNode list ->
                    new Value.Items(list.getValue().stream().map(this::value).toList());
            case MappingNode map -> entries(YamlMap.of(map, problems));
            default -> throw new IllegalStateException("an unknown YAML node: " + node);
        };
    }
}
