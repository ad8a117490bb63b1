package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.RateLimit;
import dev.mgmt.engine.resource.Meta.Retries;
import dev.mgmt.engine.resource.Meta.Scope;
import dev.mgmt.engine.resource.Meta.Semaphore;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code meta} of a resource. */
final class MetaReader {
    private static final List<String> KNOWN =
            List.of(
                    "noop",
                    "retry",
                    "delay",
                    "backoff",
                    "poll",
                    "limit",
                    "burst",
                    "sema",
                    "autoedge",
                    "autogroup",
                    "rewatch",
                    "realize",
                    "timeout",
                    "reverse");
    private static final String FLEET_WIDE = "fleet/";

    /** Keeps every deadline computed from it far from overflow. */
    private static final long LONGEST_SECONDS = Duration.ofDays(36500).toSeconds();

    private static final int MOST_BACKOFF = 100;

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
        return meta(map);
    }

    /** Refuses {@code reverse} of what cannot be undone. */
    void refuseReverse(Node node, ResourceId id) {
        values.map(node, "`meta`")
                .ifPresent(
                        map ->
                                problems.error(
                                        map.placeOfKey("reverse"),
                                        "`reverse` asks to undo "
                                                + id
                                                + " when it leaves the graph, but what it does"
                                                + " cannot be undone",
                                        "remove `reverse`"));
    }

    private Meta meta(YamlMap map) {
        return new Meta(
                flag(map, "noop", false),
                new Retries(
                        (int) number(map, "retry", -1, Short.MAX_VALUE),
                        Duration.ofMillis(number(map, "delay", 0, LONGEST_SECONDS * 1000)),
                        backoff(map)),
                Duration.ofSeconds(number(map, "poll", 0, LONGEST_SECONDS)),
                rate(map),
                semaphores(map),
                Duration.ofMillis(number(map, "timeout", 0, LONGEST_SECONDS * 1000)),
                traits(map));
    }

    private void refuseOthers(YamlMap map) {
        for (String key : map.keys()) {
            if (!KNOWN.contains(key)) {
                problems.error(
                        map.placeOfKey(key),
                        "`" + key + "` is not a meta parameter",
                        NearestName.advice(key, KNOWN));
            }
        }
    }

    private Set<Trait> traits(YamlMap map) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if (flag(map, trait.name().toLowerCase(Locale.ROOT), Meta.NONE.has(trait))) {
                traits.add(trait);
            }
        }
        return traits;
    }

    private double backoff(YamlMap map) {
        Optional<Node> node = map.get("backoff");
        double factor = node.map(found -> values.decimal(found, "`backoff`").orElse(1)).orElse(1.0);
        if (factor >= 1 && factor <= MOST_BACKOFF) {
            return factor;
        }
        problems.error(
                map.placeOfValue("backoff"),
                "`backoff` must be between 1 and %d".formatted(MOST_BACKOFF),
                "1 keeps the pause the same, 2 doubles it after each try");
        return 1;
    }

    /** Old graphs spell out {@code burst: 0} beside an infinite limit. */
    private RateLimit rate(YamlMap map) {
        Optional<Node> node = map.get("limit");
        double limit =
                node.map(found -> values.decimal(found, "`limit`").orElse(Double.NaN))
                        .orElse(Double.POSITIVE_INFINITY);
        int burst = (int) number(map, "burst", 0, Integer.MAX_VALUE);
        if (Double.isNaN(limit)) {
            return RateLimit.NONE; // Reported.
        }
        if (limit == 0 && burst == 0) {
            return RateLimit.NONE; // What old graphs leave at its zero is not set.
        }
        if (limit <= 0) {
            problems.error(
                    map.placeOfValue("limit"),
                    "`limit` must be over 0 events a second",
                    "leave it away, or write .inf, for no limit");
            return RateLimit.NONE;
        }
        if (!Double.isInfinite(limit) && burst == 0) {
            problems.error(
                    map.placeOfValue("limit"),
                    "a `limit` with `burst` 0 would let nothing through",
                    "add `burst: 1` or more");
            return RateLimit.NONE;
        }
        return new RateLimit(limit, burst);
    }

    private boolean flag(YamlMap map, String key, boolean ifAbsent) {
        return map.get(key).flatMap(node -> values.flag(node, "`" + key + "`")).orElse(ifAbsent);
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
        if (!name.startsWith(FLEET_WIDE)) {
            return Optional.of(new Semaphore(name, size));
        }
        String across = name.substring(FLEET_WIDE.length());
        if (across.isEmpty()) {
            problems.error(Place.of(item), "a semaphore needs a name", "write `fleet/name:N`");
            return Optional.empty();
        }
        return Optional.of(new Semaphore(Scope.FLEET, across, size));
    }
}
