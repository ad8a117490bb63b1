package dev.mgmt.remote.inventory;

import dev.mgmt.engine.yaml.GraphReader;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads all that says which hosts there are: hosts files and graph files with a {@code remote:}
 * key, in any mixture. Everything is read and checked, and every problem told, before anything is
 * done. Immutable, safe for use by many threads.
 *
 * <p>A host is called as hosts.yaml calls it, or as the host part of {@code remote:} spells it.
 * Graph files whose URLs have the same host and different ports are different hosts; these are then
 * called {@code host:port}. Any other name that comes twice is an error.
 */
public final class InventoryReader {
    private final GraphReader graphs;

    public InventoryReader(GraphReader graphs) {
        this.graphs = graphs;
    }

    /**
     * @param files as the user named them; one that is named twice counts once
     */
    public InventoryReading read(List<Path> files, InventoryOptions options) {
        return new OneReading(graphs, options).read(files);
    }
}
