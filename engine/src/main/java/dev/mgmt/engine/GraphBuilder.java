package dev.mgmt.engine;

import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.PlainStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a graph in code. Field names and values are those of graph files; values are strings,
 * numbers, booleans, paths, and lists and maps of these. Nothing is checked before {@link #read},
 * which then tells every problem at once, each with the resource or edge it is about.
 *
 * <p>Not safe for use by several threads; what it makes is immutable.
 */
public final class GraphBuilder {
    private final String name;
    private final List<PlainStatement> statements = new ArrayList<>();

    private GraphBuilder(String name) {
        this.name = name;
    }

    /**
     * @param name the graph's
     */
    public static GraphBuilder named(String name) {
        return new GraphBuilder(name);
    }

    /**
     * Adds a resource.
     *
     * @param name with {@code @@} before it: exported to the other hosts instead of applied here
     */
    public GraphBuilder add(String kind, String name, Map<String, ?> fields) {
        return add(kind, name, fields, Map.of());
    }

    /** The same with meta parameters, such as {@code retry}. */
    public GraphBuilder add(String kind, String name, Map<String, ?> fields, Map<String, ?> meta) {
        statements.add(new PlainStatement.Resource(kind, name, fields, meta));
        return this;
    }

    /** The second runs after the first is good. */
    public GraphBuilder order(ResourceId from, ResourceId to) {
        statements.add(new PlainStatement.Order(from, to));
        return this;
    }

    /** The same, and a change of the first refreshes the second. */
    public GraphBuilder notify(ResourceId from, ResourceId to) {
        statements.add(new PlainStatement.Notify(from, to));
        return this;
    }

    /**
     * Brings every host's exports of this kind into the graph.
     *
     * @param pattern for files: the directory they land in, ending in {@code /}; else empty
     */
    public GraphBuilder collect(String kind, String pattern) {
        statements.add(new PlainStatement.Collect(kind, pattern));
        return this;
    }

    /** Checks the graph as a file would be; for kinds of the program and of jars beside it. */
    public GraphReading read() {
        return read(KindCatalog.installed());
    }

    public GraphReading read(KindCatalog kinds) {
        return new GraphReader(kinds.kinds()).read(name, statements);
    }

    /**
     * The graph, for callers whose own graphs have no problems.
     *
     * @throws IllegalArgumentException if there are, with all of them in its message
     */
    public GraphDefinition build() {
        return switch (read()) {
            case GraphReading.Valid valid -> valid.graph();
            case GraphReading.Invalid(var problems) ->
                    throw new IllegalArgumentException(
                            String.join("\n", problems.stream().map(Object::toString).toList()));
        };
    }
}
