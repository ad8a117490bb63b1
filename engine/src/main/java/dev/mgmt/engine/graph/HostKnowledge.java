package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the host a graph is to run on adds to what its file says. Asked while a graph is built. */
public interface HostKnowledge {
    /**
     * The files and directories that a package ships, absolute and normalized; empty if that is not
     * known. May block.
     */
    Set<Path> shippedBy(String packageName);

    /** Resources of equal keys may be applied in one action; empty: this one is applied alone. */
    Optional<Object> groupKey(Resource resource);
}
