package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What nodes say, without the file they stand in. Of fields that have been read once before. */
final class PlainValues {
    private PlainValues() {}

    static Map<String, Value> of(YamlMap map) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String key : map.keys()) {
            map.get(key).ifPresent(node -> values.put(key, of(node)));
        }
        return values;
    }

    private static Value of(Node node) {
        return switch (node) {
            case ScalarNode scalar ->
                    new Value.Scalar(
                            scalar.getValue(),
                            scalar.isPlain() ? Value.Style.PLAIN : Value.Style.QUOTED);
            case SequenceNode list -> {
                List<Value> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(of(item)));
                yield new Value.Items(items);
            }
            case MappingNode map -> new Value.Entries(of(YamlMap.of(map, new Problems(""))));
            default -> throw new IllegalStateException("an unknown YAML node: " + node);
        };
    }
}
