package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.cli.view.ExplainedResource;
import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.Engines;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code mgmt explain}: looks at this machine, changes nothing, and tells why what would run. */
public final class ExplainCommand implements Command {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.create()
                        .name("explain")
                        .addOption(Arguments.help())
                        .addOption(
                                Options.duration(
                                        "--timeout",
                                        "S",
                                        "Tell what is known after so many seconds (30)."))
                        .addPositional(WholeGraph.parameter())
                        .addPositional(
                                PositionalParamSpec.builder()
                                        .paramLabel("RESOURCE")
                                        .index("1")
                                        .arity("0..1")
                                        .type(String.class)
                                        .description("Only this one, as file[/etc/motd].")
                                        .build());
        spec.usageMessage()
                .description(
                        "Check a graph on this machine without changing anything, and tell for each"
                                + " resource what it waits for and why it would run.");
        return spec;
    }

    @Override
    public ExitCode run(Arguments arguments, Surroundings surroundings)
            throws InterruptedException {
        List<String> words = arguments.words();
        Optional<WholeGraph> read = WholeGraph.read(words.getFirst(), surroundings);
        if (read.isEmpty()) {
            return ExitCode.INVALID_INPUT;
        }
        ResourceGraph graph = read.get().graph();
        List<ResourceId> asked =
                words.size() < 2
                        ? graph.topologicalOrder()
                        : List.of(named(words.get(1), graph, arguments));
        Duration patience = arguments.<Duration>value("--timeout").orElse(USUAL_PATIENCE);
        Findings findings = look(read.get().definition(), patience);
        for (ResourceId id : asked) {
            ExplainedResource.of(id, findings.graph(), findings.status(), findings.events())
                    .forEach(surroundings::answer);
        }
        return ExitCode.OK;
    }

    private static ResourceId named(String text, ResourceGraph graph, Arguments arguments) {
        for (ResourceId id : graph.resources().keySet()) {
            if (id.toString().equals(text)) {
                return id;
            }
        }
        List<String> known = graph.resources().keySet().stream().map(ResourceId::toString).toList();
        throw arguments.refused(
                "there is no "
                        + text
                        + " in this graph"
                        + NearestName.of(text, known)
                                .map(name -> ": did you mean " + name + "?")
                                .orElse(""));
    }

    private record Findings(ResourceGraph graph, EngineStatus status, List<EngineEvent> events) {}

    /** A dry run, until it is at rest or it has taken too long. */
    private static Findings look(GraphDefinition definition, Duration patience)
            throws InterruptedException {
        BlockingQueue<EngineEvent> told = new LinkedBlockingQueue<>();
        List<EngineEvent> events = new ArrayList<>();
        EngineOptions options = EngineOptions.of("explain").with(Enforcement.CHECK_ONLY);
        long end = System.nanoTime() + patience.toNanos();
        try (Engine engine = Engines.open(options, told::add)) {
            engine.submit(definition, 1);
            EngineEvent event = told.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            while (event != null && !isRest(event)) {
                events.add(event);
                event = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return new Findings(engine.graph(), engine.status(), events);
        }
    }

    private static boolean isRest(EngineEvent event) {
        return event instanceof EngineEvent.StatusChanged(EngineStatus status)
                && status.phase() == Phase.IDLE;
    }
}
