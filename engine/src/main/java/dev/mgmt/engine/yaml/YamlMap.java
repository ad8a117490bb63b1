package dev.mgmt.engine.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping by its keys, in the order of the file, with merge keys ({@code <<}) carried out. */
final class YamlMap {
    private final MappingNode node;
    private final Map<String, NodeTuple> entries;

    private YamlMap(MappingNode node) {
        this.node = node;
        this.entries = LinkedHashMap.newLinkedHashMap(node.getValue().size());
    }

    /** Reports keys that are no text or stand there twice. */
    static YamlMap of(MappingNode node, Problems problems) {
        YamlMap map = new YamlMap(node);
        for (NodeTuple tuple : node.getValue()) {
            map.addOwn(tuple, problems);
        }
        for (NodeTuple tuple : node.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                map.merge(tuple.getValueNode(), problems);
            }
        }
        return map;
    }

    private static boolean isMerge(Node key) {
        return key.getTag().equals(Tag.MERGE);
    }

    private void addOwn(NodeTuple tuple, Problems problems) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.error(Place.of(tuple.getKeyNode()), "a key must be text", "");
            return;
        }
        if (isMerge(key)) {
            return;
        }
        NodeTuple first = entries.putIfAbsent(key.getValue(), tuple);
        if (first != null) {
            problems.error(
                    Place.of(key),
                    "`%s` stands here twice, first in line %d"
                            .formatted(key.getValue(), Place.of(first.getKeyNode()).line()),
                    "keep one of them");
        }
    }

    /** The mapping's own keys go first, then those of earlier merged mappings. */
    private void merge(Node merged, Problems problems) {
        List<Node> sources =
                merged instanceof SequenceNode several ? several.getValue() : List.of(merged);
        for (Node source : sources) {
            if (source instanceof MappingNode mapping) {
                of(mapping, problems).entries.forEach(entries::putIfAbsent);
            } else {
                problems.error(
                        Place.of(source),
                        "`<<` takes the alias of a mapping, or a list of them",
                        "");
            }
        }
    }

    Place place() {
        return Place.of(node);
    }

    Collection<String> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The value as written, null included. */
    Optional<Node> written(String key) {
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    /** A value that is null is absent. */
    Optional<Node> get(String key) {
        return written(key).filter(value -> !NodeValues.isNull(value));
    }

    /** Where the key stands; where the mapping begins if there is no such key. */
    Place placeOfKey(String key) {
        NodeTuple entry = entries.get(key);
        return Place.of(entry == null ? node : entry.getKeyNode());
    }

    /** Where the value stands; where the mapping begins if there is no such key. */
    Place placeOfValue(String key) {
        return Place.of(written(key).orElse(node));
    }

    /**
     * @param what such as {@code a key of an edge}
     */
    void refuseOthersThan(List<String> known, String what, Problems problems) {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                problems.error(
                        placeOfKey(key),
                        "`" + key + "` is not " + what,
                        NearestName.advice(key, known));
            }
        }
    }
}
