package dev.mgmt.engine.yaml;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Finds the texts of a file that are tagged as templates and puts others in their place, before
 * anything else is made of the file. They may stand wherever the file says what resources are: in
 * all of a resource, in edges, and in the {@code pattern} of a {@code collect}.
 */
final class TemplatePlaces {
    static final Tag TEMPLATE = new Tag("!template");

    private static final Set<String> SECTIONS = Set.of("resources", "edges", "collect");

    private final Problems problems;
    private final Function<ScalarNode, ScalarNode> filling;

    /** What an alias names is met again and again, and is one template. */
    private final IdentityHashMap<Node, Node> done = new IdentityHashMap<>();

    /**
     * @param filling what to put in place of a template
     */
    TemplatePlaces(Problems problems, Function<ScalarNode, ScalarNode> filling) {
        this.problems = problems;
        this.filling = filling;
    }

    static boolean isTemplate(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(TEMPLATE);
    }

    /** Whether there is any. */
    static boolean anyIn(Node node) {
        return isTemplate(node)
                || switch (node) {
                    case MappingNode map ->
                            map.getValue().stream()
                                    .anyMatch(
                                            entry ->
                                                    anyIn(entry.getKeyNode())
                                                            || anyIn(entry.getValueNode()));
                    case SequenceNode list ->
                            list.getValue().stream().anyMatch(TemplatePlaces::anyIn);
                    default -> false;
                };
    }

    void fill(MappingNode top) {
        for (ListIterator<NodeTuple> at = top.getValue().listIterator(); at.hasNext(); ) {
            NodeTuple entry = at.next();
            boolean section =
                    entry.getKeyNode() instanceof ScalarNode key
                            && SECTIONS.contains(key.getValue());
            refuse(entry.getKeyNode());
            if (section) {
                at.set(new NodeTuple(entry.getKeyNode(), filled(entry.getValueNode())));
            } else {
                refuse(entry.getValueNode());
            }
        }
    }

    private Node filled(Node node) {
        Node known = done.get(node);
        if (known != null) {
            return known;
        }
        Node result = isTemplate(node) ? filling.apply((ScalarNode) node) : node;
        done.put(node, result);
        switch (node) {
            case MappingNode map -> {
                for (ListIterator<NodeTuple> at = map.getValue().listIterator(); at.hasNext(); ) {
                    NodeTuple entry = at.next();
                    refuse(entry.getKeyNode());
                    at.set(new NodeTuple(entry.getKeyNode(), filled(entry.getValueNode())));
                }
            }
            case SequenceNode list -> {
                List<Node> items = list.getValue();
                items.replaceAll(this::filled);
            }
            default -> {}
        }
        return result;
    }

    /** Here everything is what it says. */
    void refuse(Node node) {
        if (isTemplate(node)) {
            problems.error(
                    Place.of(node),
                    "`!template` cannot stand here",
                    "it may stand before any value below `resources`, `edges` and `collect`");
        }
        switch (node) {
            case MappingNode map ->
                    map.getValue()
                            .forEach(
                                    entry -> {
                                        refuse(entry.getKeyNode());
                                        refuse(entry.getValueNode());
                                    });
            case SequenceNode list -> list.getValue().forEach(this::refuse);
            default -> {}
        }
    }
}
