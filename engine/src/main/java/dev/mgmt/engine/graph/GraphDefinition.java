package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one graph file declares, read and checked as far as the file alone can tell. Together with
 * what is collected from the store it makes a {@link ResourceGraph}.
 *
 * @param resources local vertices, without doubles
 * @param exports resources declared as {@code @@name}, with the text they are stored as
 * @param edges order among local and collected resources
 * @param collects what to bring in from the store
 * @param remote the {@code remote:} key as written, if any
 * @param templates what of it is known only on the host that runs it, if anything
 */
public record GraphDefinition(
        String name,
        List<Resource> resources,
        List<Export> exports,
        List<Edge> edges,
        List<Collect> collects,
        Optional<String> remote,
        Optional<Templates> templates) {
    public GraphDefinition {
        resources = List.copyOf(resources);
        exports = List.copyOf(exports);
        edges = List.copyOf(edges);
        collects = List.copyOf(collects);
    }

    /** One that is whole as it is. */
    public GraphDefinition(
            String name,
            List<Resource> resources,
            List<Export> exports,
            List<Edge> edges,
            List<Collect> collects,
            Optional<String> remote) {
        this(name, resources, exports, edges, collects, remote, Optional.empty());
    }

    private GraphDefinition with(Optional<Templates> others) {
        return new GraphDefinition(name, resources, exports, edges, collects, remote, others);
    }

    public GraphDefinition with(Templates others) {
        return with(Optional.of(others));
    }

    /** The same on a host of which the inventory says this; only templates ask for it. */
    public GraphDefinition given(Map<String, String> variables) {
        return with(templates.map(known -> known.given(variables)));
    }

    /** Keys in the store whose values it reads. */
    public Set<String> keys() {
        return templates.map(Templates::keys).orElse(Set.of());
    }

    /** The same, with other objects for its resources. */
    public GraphDefinition withResources(List<Resource> others) {
        return new GraphDefinition(name, others, exports, edges, collects, remote, templates);
    }

    /**
     * A resource offered to other hosts.
     *
     * @param id identity without the {@code @@}
     * @param text its YAML mapping, scalars as the user wrote them, as stored under {@code
     *     exports/<host>/<kind>/<name>}
     */
    public record Export(ResourceId id, String text) {}

    /**
     * @param pattern for {@code file}: the directory that collected files land in, ending with
     *     {@code /}; may be empty
     */
    public record Collect(String kind, String pattern) {}
}
