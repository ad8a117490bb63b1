package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.cli.view.EngineView;
import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.Engines;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.local.LocalStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mgmt run}: the engine on this machine, over a store of its own. */
public final class RunCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("run").addOption(Arguments.help());
        RunOptions.declare(spec);
        spec.usageMessage().description("Keep a graph true on this machine, without SSH.");
        return spec;
    }

    @Override
    public ExitCode run(Arguments arguments, Surroundings surroundings)
            throws InterruptedException {
        RunOptions options = RunOptions.of(arguments);
        EngineView view = new EngineView(options.plan(), options.verbosity(), surroundings);
        if (options.verbosity() == Verbosity.VERBOSE && !options.legacy().isEmpty()) {
            surroundings.remark(
                    "without a meaning any more: " + String.join(", ", options.legacy()));
        }
        GraphFile file =
                new GraphFile(options.graph(), new GraphReader(KindCatalog.installed().kinds()));
        return switch (file.readAlone()) {
            case GraphReading.Invalid(List<InputProblem> problems) -> {
                view.invalid(problems);
                yield ExitCode.INVALID_INPUT;
            }
            case GraphReading.Valid valid -> {
                view.warn(valid.warnings());
                yield run(
                        new LocalRun(options, file, valid, view, surroundings.clock()),
                        options,
                        surroundings);
            }
        };
    }

    private static ExitCode run(LocalRun run, RunOptions options, Surroundings surroundings)
            throws InterruptedException {
        try (LocalStore store = LocalStore.open(options.host())) {
            Optional<Problem> problem = listen(store, options, surroundings);
            if (problem.isPresent()) {
                surroundings.tell(problem.get());
                return ExitCode.STORE_UNREACHABLE;
            }
            try (ProcessSignals _ = ProcessSignals.toldTo(run::signalled);
                    Engine engine = Engines.open(engineOptions(options), store.world(), run::told);
                    EditedFile.Watch _ = edits(run, options)) {
                return run.keep(engine, store::isSeenBy);
            }
        }
    }

    private static Optional<Problem> listen(
            LocalStore store, RunOptions options, Surroundings surroundings) {
        for (InetSocketAddress address : options.clientAddresses()) {
            try {
                surroundings.remark("the store listens on " + store.listen(address));
            } catch (IOException taken) {
                return Optional.of(
                        new Problem(
                                "the store cannot listen on " + address,
                                String.valueOf(taken.getMessage()),
                                "another port, or end what has this one: ss -ltnp"));
            }
        }
        return Optional.empty();
    }

    private static EngineOptions engineOptions(RunOptions options) {
        Enforcement enforcement =
                switch (options.plan()) {
                    case APPLY -> Enforcement.APPLY;
                    case NOOP -> Enforcement.CHECK_ONLY;
                };
        EngineOptions engine = EngineOptions.of(options.host()).with(enforcement);
        return options.vertexLimit().isPresent()
                ? engine.withVertexLimit(options.vertexLimit().getAsInt())
                : engine;
    }

    private static EditedFile.Watch edits(LocalRun run, RunOptions options) {
        return switch (options.edits()) {
            case PUSHED -> EditedFile.watch(run.file().path(), run::edited);
            case IGNORED -> () -> {};
        };
    }
}
