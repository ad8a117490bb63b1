package dev.mgmt.remote.agent;

import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.Engines;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.FleetValue;
import dev.mgmt.remote.wire.HostVariables;
import dev.mgmt.remote.wire.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs this host's graph from the store until the fleet's run is over, the link is lost for too
 * long, or somebody ends the process. One thread owns it and takes what happens as inputs.
 */
final class Agent {
    /** For what still runs after nobody is left to wait for it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final AgentParameters parameters;
    private final World world;
    private final EventLog events;
    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final GraphReader reader = new GraphReader(KindCatalog.installed().kinds());

    Agent(AgentParameters parameters, World world, EventLog events) {
        this.parameters = parameters;
        this.world = world;
        this.events = events;
    }

    private sealed interface Input {
        record NewGraph(World.Entry entry) implements Input {}

        /** The laptop says that the run is over. */
        record FleetEnding() implements Input {}

        record LinkLost(String reason) implements Input {}

        /** Somebody ends this process. */
        record Terminated() implements Input {}

        /** The engine has stopped. */
        record Stopped() implements Input {}
    }

    /** From another thread: ends in good order, soon. */
    void terminate() {
        inputs.add(new Input.Terminated());
    }

    /** Returns when all is over and the last status is written. */
    void run() throws InterruptedException {
        try (StatusWriter statuses =
                new StatusWriter(world, StoreKeys.status(parameters.host()), events)) {
            begin(this::followGraph, "graph");
            begin(this::followFleet, "fleet");
            EngineOptions options =
                    EngineOptions.of(parameters.host())
                            .with(parameters.enforcement())
                            .withStateDirectory(Path.of(parameters.state()));
            try (Engine engine = Engines.open(options, world, event -> hear(event, statuses))) {
                runGraphs(engine);
                stop(engine);
                statuses.offer(engine.status());
            }
        }
    }

    private void hear(EngineEvent event, StatusWriter statuses) {
        if (event instanceof EngineEvent.StatusChanged changed) {
            statuses.offer(changed.status());
        } else {
            events.tell(event);
        }
    }

    /** Until there is a reason to stop. */
    private void runGraphs(Engine engine) throws InterruptedException {
        boolean hasGraph = false;
        while (true) {
            switch (inputs.take()) {
                case Input.NewGraph(World.Entry entry) -> {
                    submit(engine, entry);
                    hasGraph = true;
                }
                case Input.LinkLost _ -> {
                    if (hasGraph) {
                        linger();
                    }
                    return;
                }
                case Input.FleetEnding _, Input.Terminated _, Input.Stopped _ -> {
                    return;
                }
            }
        }
    }

    /** The last graph stays in force until the time is over or somebody ends the process. */
    private void linger() throws InterruptedException {
        long end = System.nanoTime() + parameters.linger().toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            if (inputs.poll(left, TimeUnit.NANOSECONDS) instanceof Input.Terminated) {
                return;
            }
        }
    }

    /**
     * What runs may finish while the laptop waits for it. Once the laptop is gone, or somebody ends
     * this process, it has a little longer and is then stopped.
     */
    private void stop(Engine engine) throws InterruptedException {
        Thread stopping = begin(() -> stopAndTell(engine), "stop");
        boolean hurried = false;
        while (true) {
            Input input =
                    hurried ? inputs.poll(GRACE.toMillis(), TimeUnit.MILLISECONDS) : inputs.take();
            switch (input) {
                case null -> stopping.interrupt();
                case Input.Stopped _ -> {
                    return;
                }
                case Input.LinkLost _, Input.Terminated _ -> hurried = true;
                case Input.NewGraph _, Input.FleetEnding _ -> {}
            }
        }
    }

    private void stopAndTell(Engine engine) throws InterruptedException {
        try {
            engine.stop();
        } finally {
            inputs.add(new Input.Stopped());
        }
    }

    private void submit(Engine engine, World.Entry entry) throws InterruptedException {
        byte[] text = entry.value().getBytes(StandardCharsets.UTF_8);
        switch (reader.read("graph of " + parameters.host(), text)) {
            case GraphReading.Valid valid -> submit(engine, valid.graph(), entry.revision());
            case GraphReading.Invalid invalid -> {
                List<String> problems = new ArrayList<>();
                for (InputProblem problem : invalid.problems()) {
                    problems.add(problem.toString());
                }
                events.tell(new EngineEvent.GraphRefused(entry.revision(), problems));
            }
        }
    }

    /** The laptop writes what its templates need with the graph, in one revision. */
    private void submit(Engine engine, GraphDefinition graph, long revision)
            throws InterruptedException {
        if (graph.templates().isEmpty()) {
            engine.submit(graph, revision);
            return;
        }
        try {
            Map<String, String> variables = new HashMap<>();
            for (World.Entry entry : world.read(StoreKeys.variables(parameters.host())).entries()) {
                variables.putAll(HostVariables.read(entry.value()).byName());
            }
            engine.submit(graph.given(variables), revision);
        } catch (WorldException e) {
            // The link is lost, which is told where it is waited for.
            events.notice("the host's variables cannot be read: " + e.getMessage());
        } catch (MalformedMessage e) {
            events.notice("the host's variables make no sense: " + e.getMessage());
        }
    }

    private void followGraph() throws InterruptedException {
        FollowedKey.follow(
                world,
                StoreKeys.graph(parameters.host()),
                new Relay() {
                    @Override
                    public void value(World.Entry entry) {
                        inputs.add(new Input.NewGraph(entry));
                    }
                });
    }

    private void followFleet() throws InterruptedException {
        FollowedKey.follow(
                world,
                StoreKeys.FLEET,
                new Relay() {
                    @Override
                    public void value(World.Entry entry) {
                        takeFleet(entry.value());
                    }
                });
    }

    private void takeFleet(String text) {
        try {
            FleetValue fleet = FleetValue.read(text);
            boolean ours = fleet.run().equals(parameters.run());
            if (!ours || fleet.phase() == FleetValue.Phase.ENDING) {
                inputs.add(new Input.FleetEnding());
            }
        } catch (MalformedMessage e) {
            events.notice("the fleet's key makes no sense: " + e.getMessage());
        }
    }

    private abstract class Relay implements FollowedKey.Follower {
        @Override
        public void lost(String reason) {
            inputs.add(new Input.LinkLost(reason));
        }
    }

    private interface Errand {
        void run() throws InterruptedException;
    }

    private static Thread begin(Errand errand, String name) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(
                        () -> {
                            try {
                                errand.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
