package dev.mgmt.remote.inventory;

import dev.mgmt.engine.graph.Templates;
import dev.mgmt.engine.graph.Templates.Need;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.InputProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the graphs that hosts name, each file once. */
final class GraphFiles {
    private final GraphReader reader;
    private final Problems problems;
    private final Set<Path> seen = new HashSet<>();
    private final Map<Path, GraphSource> valid = new LinkedHashMap<>();
    private final List<InputProblem> warnings = new ArrayList<>();

    GraphFiles(GraphReader reader, Problems problems) {
        this.reader = reader;
        this.problems = problems;
    }

    /** Reads a graph file that a host names. */
    void read(Placed<Path> named) {
        Path file = named.value();
        if (seen.contains(file)) {
            return;
        }
        Optional<byte[]> bytes = InputFile.read(file, named.place(), problems);
        bytes.ifPresent(content -> read(file, content));
        seen.add(file);
    }

    /** Takes a graph file whose bytes are at hand. */
    void read(Path file, byte[] bytes) {
        if (!seen.add(file)) {
            return;
        }
        switch (reader.read(file.toString(), bytes)) {
            case GraphReading.Valid(var graph, var told) -> {
                warnings.addAll(told);
                String text = new String(bytes, StandardCharsets.UTF_8);
                valid.put(file, new GraphSource(RemoteSecret.removed(text), graph));
            }
            case GraphReading.Invalid(var told) -> told.forEach(problems::add);
        }
    }

    /** Variables that the inventory has to give for this graph; none if it is not valid. */
    List<Need> needs(Path file) {
        GraphSource graph = valid.get(file);
        return graph == null
                ? List.of()
                : graph.definition().templates().map(Templates::needs).orElse(List.of());
    }

    Set<Path> files() {
        return Set.copyOf(seen);
    }

    Map<Path, GraphSource> valid() {
        return valid;
    }

    List<InputProblem> warnings() {
        return warnings;
    }
}
