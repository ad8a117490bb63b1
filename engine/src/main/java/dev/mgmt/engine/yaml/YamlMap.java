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
    private final Place place;
    private final Map<String, Entry> entries;

    private YamlMap(Place place, int keys) {
        this.place = place;
        this.entries = LinkedHashMap.newLinkedHashMap(keys);
    }

    private record Entry(Place key, Node value) {}

    /** Reports keys that are no text or stand there twice. */
    static YamlMap of(MappingNode node, Problems problems) {
        YamlMap map = new YamlMap(Place.of(node), node.getValue().size());
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
        Place at = Place.of(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.error(at, "a key must be text", "");
            return;
        }
        if (isMerge(key)) {
            return;
        }
        Entry first = entries.putIfAbsent(key.getValue(), new Entry(at, tuple.getValueNode()));
        if (first != null) {
            problems.error(
                    at,
                    "`%s` stands here twice, first in line %d"
                            .formatted(key.getValue(), first.key().line()),
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
        return place;
    }

    Collection<String> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The value as written, null included. */
    Optional<Node> written(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** A value that is null is absent. */
    Optional<Node> get(String key) {
        return written(key).filter(value -> !NodeValues.isNull(value));
    }

    /** Where the key stands; where the mapping begins if there is no such key. */
    Place placeOfKey(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::key).orElse(place);
    }

    /** Where the value stands; where the mapping begins if there is no such key. */
    Place placeOfValue(String key) {
        return written(key).map(Place::of).orElse(place);
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
