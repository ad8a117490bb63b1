package dev.mgmt.engine.yaml;

import static java.util.stream.Collectors.joining;

import dev.mgmt.engine.resource.ResourceId;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Writes a resource as the YAML that other hosts read: one line per field, scalars with their
 * source text, aliases and merge keys written out.
 */
final class ExportText {
    /** A plain scalar that reads back as itself wherever it stands. */
    private static final Pattern PLAIN = Pattern.compile("~|[A-Za-z0-9/.][A-Za-z0-9_/.-]*");

    private ExportText() {}

    static String of(ResourceId id, YamlMap fields) {
        StringBuilder text = new StringBuilder("name: ").append(quoted(id.name())).append('\n');
        for (String key : fields.keys()) {
            if (!key.equals("name")) {
                fields.get(key)
                        .ifPresent(
                                value ->
                                        text.append(key)
                                                .append(": ")
                                                .append(flow(value))
                                                .append('\n'));
            }
        }
        return text.toString();
    }

    private static String flow(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode list ->
                    list.getValue().stream().map(ExportText::flow).collect(joining(", ", "[", "]"));
            case MappingNode map ->
                    // Fields that are maps have been read: their problems are known by now.
                    mapping(YamlMap.of(map, new Problems("")));
            default -> throw new IllegalStateException("an unknown YAML node: " + node);
        };
    }

    private static String mapping(YamlMap map) {
        return map.keys().stream()
                .map(key -> quoted(key) + ": " + flow(map.written(key).orElseThrow()))
                .collect(joining(", ", "{", "}"));
    }

    /** Quotes change what a scalar means only where it is null, a flag or a number. */
    private static String scalar(ScalarNode scalar) {
        if (NodeValues.isNull(scalar)) {
            return "~";
        }
        boolean keepsPlain = scalar.isPlain() && PLAIN.matcher(scalar.getValue()).matches();
        return keepsPlain || isSignedNumber(scalar) ? scalar.getValue() : quoted(scalar.getValue());
    }

    private static boolean isSignedNumber(ScalarNode scalar) {
        return scalar.isPlain() && scalar.getValue().matches("[+-][0-9]+");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(codePoint -> append(quoted, codePoint));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int codePoint) {
        switch (codePoint) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (isVisible(codePoint)) {
                    quoted.appendCodePoint(codePoint);
                } else {
                    quoted.append("\\U%08X".formatted(codePoint));
                }
            }
        }
    }

    /** Everything else is escaped, which is always right. */
    private static boolean isVisible(int codePoint) {
        return (codePoint >= ' ' && codePoint <= '~') || Character.isLetterOrDigit(codePoint);
    }
}
