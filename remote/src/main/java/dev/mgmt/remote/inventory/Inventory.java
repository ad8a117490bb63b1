package dev.mgmt.remote.inventory;

import java.nio.file.Path;
import java.util.List;

/**
 * All hosts of a run, in the order of the files that name them.
 *
 * @param files every file that was read for it, graphs included
 */
public record Inventory(List<HostSpec> hosts, List<Path> files) {
    public Inventory {
        hosts = List.copyOf(hosts);
        files = List.copyOf(files);
    }
}
