package dev.mgmt.engine.resource;

import java.nio.file.Path;
import java.util.List;

/**
 * What must be there before a resource can be right, if the same graph manages it: where it does,
 * an edge is generated. What no resource makes is no need of the graph's.
 */
public sealed interface Need {
    /** The resource that makes this. */
    record Of(Thing thing) implements Need {}

    /** The first of these that some resource makes. */
    record FirstOf(List<Thing> things) implements Need {
        public FirstOf {
            things = List.copyOf(things);
        }
    }

    /** The nearest managed directory above this absolute, normalized path. */
    record DirectoryAbove(Path path) implements Need {}

    /** The package that ships one of these files. */
    record Shipped(List<Path> paths) implements Need {
        public Shipped {
            paths = List.copyOf(paths);
        }
    }
}
