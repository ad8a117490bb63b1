package dev.mgmt.engine.resource;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of resources that graphs may use. */
public final class Kinds {
    /** Kinds of the graph language that this version cannot apply yet. */
    private static final List<String> PLANNED = List.of("virt");

    private final Map<String, Kind> byName;

    private Kinds(Collection<? extends Kind> kinds) {
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

    /** Each name once. */
    public static Kinds of(Collection<? extends Kind> kinds) {
        return new Kinds(kinds);
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
