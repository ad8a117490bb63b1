package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code meta} of a resource. */
final class MetaReader {
    private static final List<String> NOT_YET =
            List.of("limit", "burst", "rewatch", "realize", "timeout", "reverse", "backoff");
    private static final List<String> KNOWN =
            List.of("noop", "retry", "delay", "poll", "sema", "autoedge", "autogroup");
    private static final String FLEET_WIDE = "fleet/";

    /** Keeps every deadline computed from it far from overflow. */
    private static final long LONGEST_SECONDS = Duration.ofDays(36500).toSeconds();

    private final NodeValues values;
    private final Problems problems;

    MetaReader(NodeValues values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    Meta read(Node node) {
        return values.map(node, "`meta`").map(this::read).orElse(Meta.NONE);
    }

    private Meta read(YamlMap map) {
        refuseOthers(map);
        warnIfTrue(map, "autoedge", "generates no edges");
        warnIfTrue(map, "autogroup", "groups no resources");
        return new Meta(
                flag(map, "noop"),
                (int) number(map, "retry", -1, Short.MAX_VALUE),
                Duration.ofMillis(number(map, "delay", 0, LONGEST_SECONDS * 1000)),
                Duration.ofSeconds(number(map, "poll", 0, LONGEST_SECONDS)),
                semaphores(map));
    }

    private void refuseOthers(YamlMap map) {
        for (String key : map.keys()) {
            if (NOT_YET.contains(key)) {
                problems.error(
                        map.placeOfKey(key),
                        "this version does not support the meta parameter `" + key + "` yet",
                        "remove it");
            } else if (!KNOWN.contains(key)) {
                problems.error(
                        map.placeOfKey(key),
                        "`" + key + "` is not a meta parameter",
                        NearestName.advice(key, KNOWN));
            }
        }
    }

    private void warnIfTrue(YamlMap map, String key, String fact) {
        if (flag(map, key)) {
            problems.warning(
                    map.placeOfValue(key),
                    "this version " + fact + ": `" + key + "` has no effect",
                    "");
        }
    }

    private boolean flag(YamlMap map, String key) {
        return map.get(key).flatMap(node -> values.flag(node, "`" + key + "`")).orElse(false);
    }

    private long number(YamlMap map, String key, long least, long most) {
        Optional<Node> node = map.get(key);
        if (node.isEmpty()) {
            return 0;
        }
        long number = values.integer(node.get(), "`" + key + "`").orElse(0);
        if (number < least || number > most) {
            problems.error(
                    Place.of(node.get()),
                    "`%s` must be between %d and %d".formatted(key, least, most),
                    key.equals("retry") ? "-1 tries for ever" : "");
            return 0;
        }
        return number;
    }

    private List<Semaphore> semaphores(YamlMap map) {
        List<Semaphore> semaphores = new ArrayList<>();
        for (Node item : map.get("sema").map(n -> values.list(n, "`sema`")).orElse(List.of())) {
            values.text(item, "a semaphore")
                    .flatMap(text -> semaphore(item, text))
                    .ifPresent(semaphores::add);
        }
        return semaphores;
    }

    /** {@code name:N}; without a number at the end all of it is the name, and N is 1. */
    private Optional<Semaphore> semaphore(Node item, String text) {
        if (text.startsWith(FLEET_WIDE)) {
            problems.error(
                    Place.of(item),
                    "this version does not support semaphores across the fleet yet",
                    "remove `" + FLEET_WIDE + "` to count on this host only");
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        String count = text.substring(colon + 1);
        if (colon < 0 || !count.matches("[+-]?[0-9]+")) {
            return named(item, text, text, 1);
        }
        if (!count.matches("0*[1-9][0-9]{0,8}")) {
            problems.error(
                    Place.of(item),
                    "a semaphore is at least 1 and below a thousand million, not " + count,
                    "write `name:N`");
            return Optional.empty();
        }
        return named(item, text, text.substring(0, colon), Integer.parseInt(count));
    }

    /** The name may be empty: {@code :2} is what {@code --sema 2} gives every resource. */
    private Optional<Semaphore> named(Node item, String text, String name, int size) {
        if (text.isEmpty()) {
            problems.error(Place.of(item), "a semaphore needs a name", "write `name:N`");
            return Optional.empty();
        }
        return Optional.of(new Semaphore(name, size));
    }
}
