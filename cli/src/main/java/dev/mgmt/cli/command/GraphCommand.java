package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.cli.view.GraphText;
import dev.mgmt.engine.graph.ResourceGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mgmt graph}: a graph as text or picture. */
public final class GraphCommand implements Command {
    private enum Format {
        DOT,
        MERMAID,
        SVG
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.create()
                        .name("graph")
                        .addOption(Arguments.help())
                        .addOption(
                                Options.choice(
                                        "--format",
                                        Format.class,
                                        "How to show it: for graphviz (which svg needs) or for"
                                                + " Mermaid."))
                        .addPositional(WholeGraph.parameter());
        spec.usageMessage().description("Show a graph as dot, mermaid or svg.");
        return spec;
    }

    @Override
    public ExitCode run(Arguments arguments, Surroundings surroundings)
            throws InterruptedException {
        Format format = arguments.<Format>value("--format").orElse(Format.DOT);
        Optional<WholeGraph> read = WholeGraph.read(arguments.words().getFirst(), surroundings);
        if (read.isEmpty()) {
            return ExitCode.INVALID_INPUT;
        }
        ResourceGraph graph = read.get().graph();
        return switch (format) {
            case DOT -> print(GraphText.dot(graph), surroundings);
            case MERMAID -> print(GraphText.mermaid(graph), surroundings);
            case SVG -> svg(GraphText.dot(graph), surroundings);
        };
    }

    private static ExitCode print(String text, Surroundings surroundings) {
        surroundings.out().print(text);
        return ExitCode.OK;
    }

    private static ExitCode svg(String dot, Surroundings surroundings) throws InterruptedException {
        try {
            Path drawn = Files.createTempFile("mgmt-graph", ".svg");
            try {
                Drawing.draw("dot", "svg", dot, drawn);
                return print(Files.readString(drawn), surroundings);
            } finally {
                Files.delete(drawn);
            }
        } catch (IOException e) {
            surroundings.tell(
                    new Problem(
                            "the graph cannot be drawn",
                            String.valueOf(e.getMessage()),
                            "install graphviz, or --format mermaid, which needs no program"));
            return ExitCode.USAGE;
        }
    }
}
