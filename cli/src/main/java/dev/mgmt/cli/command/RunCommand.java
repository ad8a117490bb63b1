package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
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
import dev.mgmt.remote.local.RunStore;
import java.util.List;
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
        RunOptions options = RunOptions.of(arguments, surroundings.environment());
        EngineView view = new EngineView(options.plan(), options.verbosity(), surroundings);
        if (options.verbosity().isAtLeast(Verbosity.DEBUG) && !options.legacy().isEmpty()) {
            surroundings.remark(
                    "without a meaning any more: " + String.join(", ", options.legacy()));
        }
        KindCatalog kinds = KindCatalog.installed();
        GraphFile file = new GraphFile(options.graph(), new GraphReader(kinds.kinds()));
        return switch (file.readAlone()) {
            case GraphReading.Invalid(List<InputProblem> problems) -> {
                view.invalid(problems);
                yield ExitCode.INVALID_INPUT;
            }
            case GraphReading.Valid valid -> {
                view.warn(valid.warnings());
                yield run(new Begin(options, file, valid, view), kinds, surroundings);
            }
        };
    }

    private record Begin(
            RunOptions options, GraphFile file, GraphReading.Valid reading, EngineView view) {
        LocalRun with(Sidelines sidelines, Surroundings surroundings) {
            return new LocalRun(options, file, reading, view, sidelines, surroundings.clock());
        }
    }

    private static ExitCode run(Begin begin, KindCatalog kinds, Surroundings surroundings)
            throws InterruptedException {
        RunOptions options = begin.options();
        try (Sidelines sidelines = Sidelines.open(options, kinds, surroundings)) {
            LocalRun run = begin.with(sidelines, surroundings);
            try (RunStore store = RunStores.open(options, surroundings, run::storeMoved);
                    ProcessSignals _ = ProcessSignals.toldTo(run::signalled);
                    Engine engine =
                            Engines.open(
                                    engineOptions(options),
                                    store.world(),
                                    sidelines.catalog(),
                                    run::told);
                    EditedFile.Watch _ = edits(run, options)) {
                return run.keep(engine, store);
            }
        } catch (CannotRun reason) {
            surroundings.tell(reason.problem());
            return reason.code();
        }
    }

    private static EngineOptions engineOptions(RunOptions options) {
        Enforcement enforcement =
                switch (options.plan()) {
                    case APPLY -> Enforcement.APPLY;
                    case NOOP -> Enforcement.CHECK_ONLY;
                };
        EngineOptions plain = EngineOptions.of(options.host()).with(enforcement);
        EngineOptions engine =
                options.state()
                        .directory(options.host())
                        .map(plain::withStateDirectory)
                        .orElse(plain);
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
