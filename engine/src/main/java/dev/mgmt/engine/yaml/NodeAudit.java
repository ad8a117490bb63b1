package dev.mgmt.engine.yaml;

import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Looks once at every node as written, before anything is made of it: aliases that form a cycle or
 * a bomb, and tags that mean nothing here.
 */
final class NodeAudit {
    /** How many nodes aliases may add to those that are written. */
    static final long MAX_ALIASED_NODES = 1_000_000;

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(
                    Tag.STR,
                    Tag.INT,
                    Tag.FLOAT,
                    Tag.BOOL,
                    Tag.NULL,
                    Tag.TIMESTAMP,
                    Tag.MERGE,
                    Tag.MAP,
                    Tag.SEQ);

    private static final Size BEING_MEASURED = new Size(-1, -1);

    private final Problems problems;

    /** Only anchored nodes can be met twice. */
    private final IdentityHashMap<Node, Size> anchored = new IdentityHashMap<>();

    private boolean passed = true;

    NodeAudit(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param written nodes as they stand in the file
     * @param expanded nodes with every alias written out
     */
    private record Size(long written, long expanded) {
        Size plus(Size other) {
            return new Size(written + other.written, expanded + other.expanded);
        }

        boolean isBomb() {
            return expanded - written > MAX_ALIASED_NODES;
        }
    }

    /** Whether the tree is finite and of a reasonable size; unknown tags are reported too. */
    boolean passes(Node top) {
        measure(top);
        return passed;
    }

    /** Recursion is no deeper than the file nests: what an alias names was measured before. */
    private Size measure(Node node) {
        if (node.getAnchor() == null) {
            return measureOnce(node);
        }
        Size known = anchored.putIfAbsent(node, BEING_MEASURED);
        if (known == null) {
            Size size = measureOnce(node);
            anchored.put(node, size);
            return size;
        }
        if (known.equals(BEING_MEASURED)) {
            refuse(node, "the anchor `" + node.getAnchor() + "` contains itself");
            return new Size(0, 0);
        }
        return new Size(0, known.expanded());
    }

    private Size measureOnce(Node node) {
        checkTag(node);
        Size size = new Size(1, 1);
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple entry : mapping.getValue()) {
                    size = size.plus(measure(entry.getKeyNode()));
                    size = size.plus(measure(entry.getValueNode()));
                }
            }
            case SequenceNode sequence -> {
                for (Node item : sequence.getValue()) {
                    size = size.plus(measure(item));
                }
            }
            case ScalarNode _ -> {}
            default -> throw new IllegalStateException("an unknown YAML node: " + node);
        }
        if (passed && size.isBomb()) {
            refuse(node, "aliases make more than " + MAX_ALIASED_NODES + " values out of this");
            return new Size(1, 1);
        }
        return size;
    }

    private void refuse(Node node, String message) {
        passed = false;
        problems.error(Place.of(node), message, "write it without aliases");
    }

    private void checkTag(Node node) {
        Tag tag = node.getTag();
        if (PLAIN_TAGS.contains(tag)) {
            return;
        }
        if (tag.equals(TemplatePlaces.TEMPLATE)) {
            if (!(node instanceof ScalarNode)) {
                problems.error(Place.of(node), "`!template` goes before a text", "");
            }
            return;
        }
        String shown = tag.getValue().replace(Tag.PREFIX, "!!");
        problems.error(
                Place.of(node), "the tag `" + shown + "` means nothing here", "remove the tag");
    }
}
