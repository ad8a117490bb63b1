package dev.mgmt.engine.yaml;

import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.resource.ResourceId;
import java.util.List;

/** Reads graph files. Immutable, safe for use by many threads. */
public final class GraphReader {
    private final Kinds kinds;

    public GraphReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Reads and checks one graph file.
     *
     * @param file as the user named it, for problems
     * @param bytes the whole file, which should be UTF-8
     */
    public GraphReading read(String file, byte[] bytes) {
        return new GraphReading.Invalid(
                List.of(new InputProblem(file, 1, 1, "no kinds of " + kinds.names(), "")));
    }

    /**
     * Reads a resource that a host exported and puts it where this host collects it.
     *
     * @param origin where the text comes from, for problems, such as the key in the store
     * @param id what the export is stored as
     * @param text as in {@code GraphDefinition.Export}
     * @param pattern of the {@code collect} entry; may be empty
     */
    public ExportReading readExport(String origin, ResourceId id, String text, String pattern) {
        return new ExportReading.Invalid(
                List.of(new InputProblem(origin, 1, 1, "no " + id + text + pattern, "")));
    }
}
