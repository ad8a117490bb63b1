package dev.mgmt.cli.command;

import dev.mgmt.cli.Surroundings;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphProblem;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A graph file as it would run with nothing collected. */
record WholeGraph(GraphDefinition definition, ResourceGraph graph) {
    static PositionalParamSpec parameter() {
        return PositionalParamSpec.builder()
                .paramLabel("GRAPH")
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description("The graph file.")
                .build();
    }

    /** Empty if it has problems, which have been told. */
    static Optional<WholeGraph> read(String file, Surroundings surroundings) {
        GraphReader reader = new GraphReader(KindCatalog.installed().kinds());
        return switch (new GraphFile(file, reader).read()) {
            case GraphReading.Invalid(var problems) -> {
                problems.forEach(problem -> surroundings.remark(problem.toString()));
                yield Optional.empty();
            }
            case GraphReading.Valid(GraphDefinition definition, var warnings) -> {
                warnings.forEach(warning -> surroundings.remark("warning: " + warning));
                yield of(definition, surroundings);
            }
        };
    }

    private static Optional<WholeGraph> of(GraphDefinition definition, Surroundings surroundings) {
        return switch (ResourceGraph.of(definition, List.of())) {
            case GraphBuilding.Refused(List<GraphProblem> problems) -> {
                problems.forEach(problem -> surroundings.remark(problem.message()));
                yield Optional.empty();
            }
            case GraphBuilding.Built(ResourceGraph graph, _) -> {
                definition
                        .collects()
                        .forEach(
                                collect ->
                                        surroundings.remark(
                                                "what is collected of "
                                                        + collect.kind()
                                                        + " is in the store and not shown"));
                yield Optional.of(new WholeGraph(definition, graph));
            }
        };
    }
}
