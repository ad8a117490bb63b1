package dev.mgmt.remote.inventory;

import dev.mgmt.engine.yaml.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads nodes as what they should be, and tells where they are not. Scalars keep their source text:
 * {@code user: 1} is the text {@code 1}.
 */
final class YamlNodes {
    private final String file;
    private final Problems problems;

    YamlNodes(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Place place(Node node) {
        return new Place(
                file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    }

    /** The place of a character of a scalar, as well as its style lets us tell. */
    Place place(Node node, int offset) {
        boolean oneLine = node.getStartMark().getLine() == node.getEndMark().getLine();
        if (!oneLine || !(node instanceof ScalarNode scalar)) {
            return place(node);
        }
        int quote = scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        return place(node).plus(offset + quote);
    }

    /** A mapping with any keys, in the file's order; nothing at all is read as an empty one. */
    Map<String, Entry> entries(Node node, String what) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!isNothing(node) && !(node instanceof MappingNode)) {
            problems.add(place(node), what + " must be a mapping (key: value)");
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                text(tuple.getKeyNode(), "a key")
                        .ifPresent(key -> put(entries, key, tuple.getValueNode()));
            }
        }
        return entries;
    }

    /** A mapping with these keys only. */
    Map<String, Entry> fields(Node node, String what, List<String> known) {
        Map<String, Entry> fields = entries(node, what);
        fields.forEach(
                (key, entry) -> {
                    if (!known.contains(key)) {
                        problems.add(
                                entry.key(),
                                "`" + key + "` is not a key of " + what,
                                NearestName.advice(key, known));
                    }
                });
        fields.keySet().retainAll(known);
        return fields;
    }

    Optional<Placed<String>> text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar) || isNothing(node)) {
            problems.add(place(node), what + " must be a text");
            return Optional.empty();
        }
        if (node.getTag().getValue().startsWith("!")) {
            problems.add(
                    place(node), "the tag `" + node.getTag().getValue() + "` means nothing here");
            return Optional.empty();
        }
        return Optional.of(new Placed<>(scalar.getValue(), place(node)));
    }

    /** The elements of a list, or the one node that may stand for it. */
    List<Node> elements(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private void put(Map<String, Entry> entries, Placed<String> key, Node value) {
        Entry first = entries.putIfAbsent(key.value(), new Entry(key.place(), value));
        if (first != null) {
            problems.add(key.place(), "`" + key.value() + "` is there already, in " + first.key());
        }
    }

    record Entry(Place key, Node value) {}
}
