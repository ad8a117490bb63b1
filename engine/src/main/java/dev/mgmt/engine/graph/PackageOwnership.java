package dev.mgmt.engine.graph;

import dev.mgmt.engine.graph.Makers.Hands;
import dev.mgmt.engine.graph.Origin.Cause;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which packages of the graph ship what its other resources are about. Costs what the lists of
 * files of these packages are long.
 */
final class PackageOwnership {
    /** On a merged system these are links to their namesakes in {@code /usr}. */
    private static final Set<String> MERGED =
            Set.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private static final Path USR = Path.of("/usr");

    private final List<Resource> resources;
    private final HostKnowledge host;
    private final Candidates candidates;
    private final Map<String, Hands> packages;
    private final Map<Path, List<Integer>> shippers = new HashMap<>();
    private final Map<String, Hands> unknown = new HashMap<>();

    PackageOwnership(
            List<Resource> resources, Makers makers, HostKnowledge host, Candidates candidates) {
        this.resources = resources;
        this.host = host;
        this.candidates = candidates;
        packages = makers.packages();
        if (!packages.isEmpty()) {
            ask(managed(makers), wanted());
        }
    }

    /** Edges from the packages that ship one of these files, or to those that take it away. */
    void shipped(int vertex, List<Path> paths) {
        if (packages.isEmpty()) {
            return;
        }
        boolean found = false;
        for (Path path : paths) {
            for (int shipper : shippers.getOrDefault(canonical(path), List.of())) {
                found = true;
                add(shipper, vertex, Cause.SHIPPED);
            }
        }
        if (!found) {
            paths.forEach(path -> namesake(vertex, path));
        }
    }

    /** A package that is not installed yet is taken to ship what bears its name. */
    private void namesake(int vertex, Path path) {
        Hands hands = unknown.get(stem(path));
        if (hands != null) {
            hands.makers().forEach(shipper -> add(shipper, vertex, Cause.NAMESAKE));
        }
    }

    private void ask(Map<Path, List<Hands>> managed, Set<Path> wanted) {
        packages.forEach(
                (name, hands) -> {
                    Set<Path> files = host.shippedBy(name);
                    if (files.isEmpty()) {
                        unknown.put(name, hands);
                    }
                    for (Path file : files) {
                        note(hands, canonical(file), managed, wanted);
                    }
                });
    }

    private void note(Hands hands, Path file, Map<Path, List<Hands>> managed, Set<Path> wanted) {
        if (wanted.contains(file)) {
            List<Integer> all = shippers.computeIfAbsent(file, _ -> new ArrayList<>(1));
            all.addAll(hands.makers());
            all.addAll(hands.removers());
        }
        for (Hands there : managed.getOrDefault(file, List.of())) {
            for (int shipper : hands.makers()) {
                own(shipper, there);
            }
            for (int remover : hands.removers()) {
                own(remover, there);
            }
        }
    }

    /** What is installed or removed goes before what is said of its files. */
    private void own(int shipper, Hands there) {
        there.makers().forEach(vertex -> add(shipper, vertex, Cause.OWNED));
        there.removers().forEach(vertex -> add(shipper, vertex, Cause.OWNED));
    }

    private void add(int shipper, int vertex, Cause cause) {
        Resource source = resources.get(shipper);
        if (!source.meta().has(Trait.AUTOEDGE)) {
            return;
        }
        if (cause == Cause.SHIPPED && !source.removes().isEmpty()) {
            candidates.add(vertex, shipper, Cause.LEFT);
        } else {
            candidates.add(shipper, vertex, cause);
        }
    }

    private static Map<Path, List<Hands>> managed(Makers makers) {
        Map<Path, List<Hands>> managed = new HashMap<>();
        makers.paths()
                .forEach(
                        (path, hands) ->
                                managed.computeIfAbsent(canonical(path), _ -> new ArrayList<>(1))
                                        .add(hands));
        return managed;
    }

    private Set<Path> wanted() {
        Set<Path> wanted = new HashSet<>();
        for (Resource resource : resources) {
            for (Need need : resource.needs()) {
                if (need instanceof Need.Shipped(List<Path> paths)) {
                    paths.forEach(path -> wanted.add(canonical(path)));
                }
            }
        }
        return wanted;
    }

    private static Path canonical(Path path) {
        boolean merged = path.getNameCount() > 1 && MERGED.contains(path.getName(0).toString());
        return merged ? USR.resolve(path.toString().substring(1)) : path;
    }

    /** {@code nginx} for {@code nginx.service} and {@code getty} for {@code getty@.service}. */
    private static String stem(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        String unit = name.endsWith(".service") ? name.substring(0, name.length() - 8) : name;
        return unit.indexOf('@') > 0 ? unit.substring(0, unit.indexOf('@')) : unit;
    }
}
