package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.ScalarText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Nodes as the types that are asked for. Scalars are taken by their source text, never by a type
 * that YAML would guess: {@code 0741} is not 481 here.
 */
final class NodeValues {
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?[0-9]{1,15}([.][0-9]{0,15})?([eE][+-]?[0-9]{1,2})?");

    private static final Set<String> INFINITY =
            Set.of(".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF");

    private final Problems problems;

    NodeValues(Problems problems) {
        this.problems = problems;
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getTag().equals(Tag.NULL);
    }

    /**
     * @param what how a problem calls it, such as {@code `mode`}
     */
    Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        mismatch(node, what, "text");
        return Optional.empty();
    }

    Optional<Boolean> flag(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.isPlain()) {
            Optional<Boolean> flag = ScalarText.flag(scalar.getValue());
            if (flag.isPresent()) {
                return flag;
            }
        }
        mismatch(node, what, "true or false, without quotes");
        return Optional.empty();
    }

    OptionalLong integer(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.isPlain()) {
            OptionalLong number = ScalarText.integer(scalar.getValue());
            if (number.isPresent()) {
                return number;
            }
        }
        mismatch(node, what, "a whole number, without quotes");
        return OptionalLong.empty();
    }

    /** {@code .inf} is infinity; NaN is not a number here either. */
    OptionalDouble decimal(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.isPlain()) {
            if (INFINITY.contains(scalar.getValue())) {
                return OptionalDouble.of(Double.POSITIVE_INFINITY);
            }
            if (DECIMAL.matcher(scalar.getValue()).matches()) {
                return OptionalDouble.of(Double.parseDouble(scalar.getValue()));
            }
        }
        mismatch(node, what, "a number, without quotes");
        return OptionalDouble.empty();
    }

    /** Empty for anything else, which is reported. */
    List<Node> list(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        mismatch(node, what, "a list");
        return List.of();
    }

    Optional<YamlMap> map(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(YamlMap.of(mapping, problems));
        }
        mismatch(node, what, "a mapping");
        return Optional.empty();
    }

    private void mismatch(Node node, String what, String wanted) {
        problems.error(Place.of(node), what + " must be " + wanted + ", not " + shown(node), "");
    }

    private static String shown(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        return switch (node) {
            case SequenceNode _ -> "a list";
            case MappingNode _ -> "a mapping";
            case ScalarNode scalar when scalar.isPlain() && scalar.getValue().length() <= 40 ->
                    "`" + scalar.getValue() + "`";
            case ScalarNode _ -> "a text";
            default -> throw new IllegalStateException("an unknown YAML node: " + node);
        };
    }
}
