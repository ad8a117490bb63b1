package dev.mgmt.engine.yaml;

import dev.mgmt.engine.exchange.Receipt;
import dev.mgmt.engine.resource.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the {@code recv} of a resource: which of its fields are outputs of which others. Whether
 * the others are in the graph is seen when all of it has been read.
 */
final class RecvReader {
    static final String KEY = "recv";
    private static final String FORM = "write it as `password[name].password`";

    private final KindNames kinds;
    private final NodeValues values;
    private final Problems problems;

    RecvReader(KindNames kinds, NodeValues values, Problems problems) {
        this.kinds = kinds;
        this.values = values;
        this.problems = problems;
    }

    /** What a field receives, and where the file says so. */
    record Reception(Receipt receipt, Place place) {}

    /** By field; those with problems, which are reported, are left out. */
    Map<String, Reception> read(Kind kind, YamlMap resource) {
        Map<String, Reception> receives = new LinkedHashMap<>();
        resource.get(KEY)
                .flatMap(node -> values.map(node, "`recv`"))
                .ifPresent(
                        map -> {
                            for (String field : map.keys()) {
                                read(kind, resource, map, field)
                                        .ifPresent(found -> receives.put(field, found));
                            }
                        });
        return receives;
    }

    private Optional<Reception> read(Kind kind, YamlMap resource, YamlMap map, String field) {
        if (!kind.receivable().contains(field)) {
            problems.error(map.placeOfKey(field), refusal(kind, field), advice(kind, field));
            return Optional.empty();
        }
        if (resource.get(field).isPresent()) {
            problems.error(
                    map.placeOfKey(field),
                    "`" + field + "` is given here and received too",
                    "keep one of them");
            return Optional.empty();
        }
        Optional<Node> node = map.get(field);
        if (node.isEmpty()) {
            problems.error(
                    map.placeOfValue(field), "what `" + field + "` receives is missing", FORM);
            return Optional.empty();
        }
        Place at = Place.of(node.get());
        return values.text(node.get(), "what `" + field + "` receives")
                .flatMap(text -> parse(text, at))
                .flatMap(receipt -> checked(kind, field, receipt, at))
                .map(receipt -> new Reception(receipt, at));
    }

    private Optional<Receipt> parse(String text, Place at) {
        Optional<Receipt> receipt = Receipt.parse(text);
        if (receipt.isEmpty()) {
            problems.error(at, "`" + text + "` is not an output of a resource", FORM);
        }
        return receipt;
    }

    private Optional<Receipt> checked(Kind kind, String field, Receipt receipt, Place at) {
        Optional<Kind> sender = kinds.find(receipt.from().kind(), at);
        if (sender.isEmpty()) {
            return Optional.empty();
        }
        List<String> outputs = sender.get().outputs();
        String name = sender.get().name();
        if (!outputs.contains(receipt.output())) {
            problems.error(
                    at,
                    outputs.isEmpty()
                            ? "a " + name + " has no outputs"
                            : "`" + receipt.output() + "` is not an output of " + name,
                    outputs.isEmpty() ? "" : NearestName.advice(receipt.output(), outputs));
            return Optional.empty();
        }
        if (!sender.get().secretOutputs().contains(receipt.output())) {
            return Optional.of(receipt);
        }
        if (!kind.keepsSecret().contains(field)) {
            problems.error(
                    at,
                    "`%s` of %s would give the secret away".formatted(field, kind.name()),
                    "receive it as the `content` of a file");
            return Optional.empty();
        }
        return Optional.of(new Receipt(receipt.from(), receipt.output(), Receipt.Secrecy.SECRET));
    }

    private static String refusal(Kind kind, String field) {
        return kind.fields().contains(field)
                ? "`" + field + "` of " + kind.name() + " cannot be received"
                : "`" + field + "` is not a field of " + kind.name();
    }

    private static String advice(Kind kind, String field) {
        if (kind.receivable().isEmpty()) {
            return "a " + kind.name() + " receives nothing";
        }
        return kind.fields().contains(field)
                ? "can be: `" + String.join("`, `", kind.receivable()) + "`"
                : NearestName.advice(field, kind.receivable());
    }
}
