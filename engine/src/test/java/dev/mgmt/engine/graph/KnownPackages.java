package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A host with these packages.
 *
 * @param files by package
 * @param groupKeys what may be applied in one action
 */
record KnownPackages(Map<String, Set<String>> files, Function<Resource, Optional<Object>> groupKeys)
        implements HostKnowledge {
    static KnownPackages none() {
        return of(Map.of());
    }

    static KnownPackages of(Map<String, Set<String>> files) {
        return new KnownPackages(files, _ -> Optional.empty());
    }

    static KnownPackages grouping(Function<Resource, Optional<Object>> groupKeys) {
        return new KnownPackages(Map.of(), groupKeys);
    }

    @Override
    public Set<Path> shippedBy(String packageName) {
        Set<Path> shipped = new HashSet<>();
        files.getOrDefault(packageName, Set.of()).forEach(file -> shipped.add(Path.of(file)));
        return shipped;
    }

    @Override
    public Optional<Object> groupKey(Resource resource) {
        return groupKeys.apply(resource);
    }
}
