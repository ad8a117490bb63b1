package dev.mgmt.remote.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All hosts of a run, in the order of the files that name them.
 *
 * @param hosts never empty; names are unique
 * @param files every file that was read for it, graphs included
 * @param graphs what each {@link HostSpec#graph} holds
 */
public record Inventory(List<HostSpec> hosts, List<Path> files, Map<Path, GraphSource> graphs) {
    public Inventory {
        hosts = List.copyOf(hosts);
        files = List.copyOf(files);
        graphs = Map.copyOf(graphs);
        for (HostSpec host : hosts) {
            if (!graphs.containsKey(host.graph())) {
                throw new IllegalArgumentException(host.name() + " has no graph");
            }
        }
    }

    /** The graph this host is to run. */
    public GraphSource graphOf(HostSpec host) {
        GraphSource graph = graphs.get(host.graph());
        if (graph == null) {
            throw new IllegalArgumentException(host.name() + " is not of this inventory");
        }
        return graph;
    }
}
