package dev.mgmt.engine.resource;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of resources that graphs may use. */
public final class Kinds {
    /** One line per kind. */
    private static final List<Kind> OURS =
            List.of(new ExecKind(), new FileKind(), new NoopKind(), new PrintKind());

    /** Kinds of the graph language that this version cannot apply yet. */
    private static final List<String> PLANNED =
            List.of(
                    "augeas",
                    "authorized_key",
                    "cron",
                    "group",
                    "hostname",
                    "http:get",
                    "kv",
                    "line",
                    "mount",
                    "msg",
                    "nspawn",
                    "password",
                    "pkg",
                    "svc",
                    "sysctl",
                    "tar",
                    "timer",
                    "user",
                    "virt");

    private final Map<String, Kind> byName;

    private Kinds(Collection<Kind> kinds) {
        byName =
                kinds.stream()
                        .collect(
                                toMap(
                                        Kind::name,
                                        kind -> kind,
                                        (first, second) -> {
                                            throw new IllegalArgumentException(
                                                    "two kinds are called " + first.name());
                                        },
                                        LinkedHashMap::new));
    }

    /** The kinds that come with the program. */
    public static Kinds builtIn() {
        return new Kinds(OURS);
    }

    /** The kinds that come with the program, and others. */
    public static Kinds builtInAnd(Collection<Kind> others) {
        List<Kind> all = new ArrayList<>(OURS);
        all.addAll(others);
        return new Kinds(all);
    }

    /**
     * @param name exact
     */
    public Optional<Kind> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Whether the graph language has this kind, but this version does not. */
    public boolean isPlanned(String name) {
        return PLANNED.contains(name) && !byName.containsKey(name);
    }
}
