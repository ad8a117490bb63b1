package dev.mgmt.engine.run;

import dev.mgmt.engine.graph.HostKnowledge;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Resources whose names begin alike up to a dash may be applied in one action. */
final class DashedGroups implements HostKnowledge {
    @Override
    public Set<Path> shippedBy(String packageName) {
        return Set.of();
    }

    @Override
    public Optional<Object> groupKey(Resource resource) {
        String name = resource.id().name();
        int dash = name.indexOf('-');
        return dash < 0 ? Optional.empty() : Optional.of(name.substring(0, dash));
    }
}
