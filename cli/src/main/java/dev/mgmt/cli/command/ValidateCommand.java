package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.cli.view.Figures;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.inventory.InventoryOptions;
import dev.mgmt.remote.inventory.InventoryReader;
import dev.mgmt.remote.inventory.InventoryReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code mgmt validate}: reads and checks graph files and hosts files, and does nothing else. */
public final class ValidateCommand implements Command {
    private static final Pattern KEY_OF_HOSTS_FILES =
            Pattern.compile("^(hosts|groups|defaults)\\s*:", Pattern.MULTILINE);
    private static final Pattern KEY_OF_GRAPHS = Pattern.compile("^graph\\s*:", Pattern.MULTILINE);

    /** What came of one file: its problems, or what it is when it has none. */
    private record Check(List<InputProblem> problems, List<InputProblem> warnings, String what) {}

    private final GraphReader graphs = new GraphReader(KindCatalog.installed().kinds());

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.create()
                        .name("validate")
                        .addOption(Arguments.help())
                        .addOption(
                                Options.flag(
                                        "--allow-cleartext-passwords",
                                        "Accept passwords written in files and URLs."))
                        .addPositional(
                                PositionalParamSpec.builder()
                                        .paramLabel("FILES")
                                        .arity("1..*")
                                        .required(true)
                                        .type(List.class)
                                        .auxiliaryTypes(String.class)
                                        .description("Graph files and hosts files.")
                                        .build());
        spec.usageMessage()
                .description(
                        "Read and check files, nothing else. Every problem is told at once, with"
                                + " its place.");
        return spec;
    }

    @Override
    public ExitCode run(Arguments arguments, Surroundings surroundings) {
        InventoryOptions options =
                new InventoryOptions(
                        Optional.empty(), RemoteOptions.passwords(arguments), home(surroundings));
        int problems = 0;
        for (String word : arguments.words()) {
            Check check = check(word, options);
            check.problems().forEach(problem -> surroundings.remark(problem.toString()));
            check.warnings().forEach(warning -> surroundings.remark("warning: " + warning));
            problems += check.problems().size();
            if (check.problems().isEmpty()) {
                surroundings.answer(word + ": " + check.what());
            }
        }
        if (problems == 0) {
            return ExitCode.OK;
        }
        surroundings.remark(Figures.count(problems, "problem"));
        return ExitCode.INVALID_INPUT;
    }

    /** Where {@code ~} leads. */
    static Path home(Surroundings surroundings) {
        return Path.of(
                surroundings.environment().getOrDefault("HOME", System.getProperty("user.home")));
    }

    private Check check(String file, InventoryOptions options) {
        return isHostsFile(Path.of(file)) ? hosts(file, options) : graph(file);
    }

    /**
     * Told by its keys. What cannot be read, or is of neither kind, is read as a graph and fails.
     */
    private static boolean isHostsFile(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return KEY_OF_HOSTS_FILES.matcher(text).find() && !KEY_OF_GRAPHS.matcher(text).find();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Check graph(String file) {
        GraphReading reading = new GraphFile(file, graphs).read();
        return switch (reading) {
            case GraphReading.Invalid(List<InputProblem> problems) ->
                    new Check(problems, List.of(), "");
            case GraphReading.Valid(GraphDefinition graph, List<InputProblem> warnings) ->
                    new Check(
                            List.of(),
                            withUnknown(warnings, reading),
                            "graph %s, %s"
                                    .formatted(
                                            graph.name(),
                                            Figures.count(
                                                    graph.resources().size()
                                                            + graph.exports().size(),
                                                    "resource")));
        };
    }

    /** An inventory may give them: then it is validated with that. */
    private static List<InputProblem> withUnknown(
            List<InputProblem> warnings, GraphReading reading) {
        return Stream.concat(warnings.stream(), GraphFile.unknown(reading).stream()).toList();
    }

    private Check hosts(String file, InventoryOptions options) {
        InventoryReading reading =
                new InventoryReader(new GraphReader(KindCatalog.builtIn().kinds()))
                        .read(List.of(Path.of(file)), options);
        return switch (reading) {
            case InventoryReading.Invalid invalid -> new Check(invalid.problems(), List.of(), "");
            case InventoryReading.Valid valid ->
                    new Check(
                            List.of(),
                            valid.warnings(),
                            Figures.count(valid.inventory().hosts().size(), "host"));
        };
    }
}
