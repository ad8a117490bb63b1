package dev.mgmt.remote.agent;

import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.Engines;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.os.Deeds;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.wire.AgentParameters;
import dev.mgmt.remote.wire.ClaimNote;
import dev.mgmt.remote.wire.FleetValue;
import dev.mgmt.remote.wire.HostVariables;
import dev.mgmt.remote.wire.LastWord;
import dev.mgmt.remote.wire.MalformedMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    private Optional<LastWord> last = Optional.empty();
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

        /** Another agent is to have the host. */
        record Wanted(ClaimNote by) implements Input {}

        /** Somebody ends this process. */
        record Terminated() implements Input {}

        /** The engine has stopped. */
        record Stopped() implements Input {}

        /** The host is ours. */
        record Claimed() implements Input {}

        record NotClaimed(String reason) implements Input {}
    }

    /**
     * From another thread: ends in good order, for the sake of another agent or soon.
     *
     * @return how long that may take
     */
    Duration terminate() {
        Optional<ClaimNote> wanted = HostClaim.wanted(Path.of(parameters.state()));
        inputs.add(wanted.<Input>map(Input.Wanted::new).orElseGet(Input.Terminated::new));
        return wanted.isPresent() ? parameters.handover() : GRACE;
    }

    /** Returns when all is over and the last status is written. */
    void run() throws InterruptedException {
        begin(this::followGraph, "graph");
        begin(this::followFleet, "fleet");
        ClaimNote own = ClaimNote.ofThisProcess(parameters.run(), parameters.origin());
        Taking taking = new Taking(parameters, own, events);
        try (taking) {
            begin(() -> inputs.add(claim(taking)), "claim");
            if (awaitClaim(taking)) {
                runEngine();
            }
        } catch (IOException e) {
            events.notice("the host cannot be given back: " + e.getMessage());
        }
        last.ifPresent(events::lastWord);
    }

    private static Input claim(Taking taking) {
        try {
            taking.take();
            return new Input.Claimed();
        } catch (IOException e) {
            return new Input.NotClaimed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the host is ours, or nobody can say whose it is. */
    private boolean awaitClaim(Taking taking) throws InterruptedException {
        List<Input.NewGraph> graphs = new ArrayList<>();
        while (true) {
            Input input = inputs.poll(taking.patience().toMillis(), TimeUnit.MILLISECONDS);
            switch (input) {
                case null -> {
                    if (taking.isHopeless()) {
                        String why = "another agent has the host and cannot be ended from there";
                        last = Optional.of(new LastWord(LastWord.Reason.TERMINATED, why));
                        return false;
                    }
                }
                case Input.Claimed() -> {
                    inputs.addAll(graphs);
                    return true;
                }
                case Input.NotClaimed(String reason) -> {
                    Optional<LastWord> word = taking.refusal();
                    if (word.isPresent()) {
                        last = word;
                        return false;
                    }
                    events.notice("whether another agent has this host is not known: " + reason);
                    inputs.addAll(graphs);
                    return true;
                }
                case Input.NewGraph graph -> graphs.add(graph);
                case Input.FleetEnding _,
                        Input.LinkLost _,
                        Input.Wanted _,
                        Input.Terminated _,
                        Input.Stopped _ -> {
                    explain(input);
                    return false;
                }
            }
        }
    }

    private void runEngine() throws InterruptedException {
        Deeds deeds = new Deeds(StateDirectory.at(Path.of(parameters.state())));
        try {
            deeds.keepFor(parameters.run());
        } catch (IOException e) {
            events.notice("what is done may be done again after a loss: " + e.getMessage());
        }
        try (StatusWriter statuses =
                new StatusWriter(world, StoreKeys.status(parameters.host()), events)) {
            EngineOptions options =
                    EngineOptions.of(parameters.host())
                            .with(parameters.enforcement())
                            .withStateDirectory(Path.of(parameters.state()));
            try (Engine engine = Engines.open(options, world, event -> hear(event, statuses))) {
                Input reason = runGraphs(engine);
                stop(engine, reason);
                statuses.offer(engine.status());
                if (reason instanceof Input.FleetEnding) {
                    deeds.forget();
                }
            } catch (IOException e) {
                events.notice("what this run did cannot be cleared away: " + e.getMessage());
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

    /** Until there is a reason to stop, which is returned. */
    private Input runGraphs(Engine engine) throws InterruptedException {
        boolean hasGraph = false;
        while (true) {
            Input input = inputs.take();
            switch (input) {
                case Input.NewGraph(World.Entry entry) -> {
                    submit(engine, entry);
                    hasGraph = true;
                }
                case Input.LinkLost _ -> {
                    return hasGraph ? linger(input) : input;
                }
                case Input.FleetEnding _,
                        Input.Wanted _,
                        Input.Terminated _,
                        Input.Stopped _,
                        Input.Claimed _,
                        Input.NotClaimed _ -> {
                    return input;
                }
            }
        }
    }

    /** The last graph stays in force until the time is over or somebody ends the process. */
    private Input linger(Input loss) throws InterruptedException {
        long end = System.nanoTime() + parameters.linger().toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            Input input = inputs.poll(left, TimeUnit.NANOSECONDS);
            if (input instanceof Input.Terminated || input instanceof Input.Wanted) {
                return input;
            }
        }
        return loss;
    }

    /**
     * What runs may finish while the laptop waits for it, and for a while where another agent does.
     * Once the laptop is gone, or somebody ends this process, it has a little longer and is then
     * stopped.
     */
    private void stop(Engine engine, Input reason) throws InterruptedException {
        explain(reason);
        Thread stopping = begin(() -> stopAndTell(engine), "stop");
        Optional<Instant> until = patience(reason);
        while (true) {
            Input input = next(until);
            switch (input) {
                case null -> {
                    stopping.interrupt();
                    until = Optional.empty();
                }
                case Input.Stopped _ -> {
                    return;
                }
                case Input.LinkLost _, Input.Terminated _ -> {
                    if (until.isEmpty()) {
                        until = patience(input);
                    }
                }
                case Input.Wanted _ -> {
                    explain(input);
                    until = patience(input);
                }
                case Input.NewGraph _,
                        Input.FleetEnding _,
                        Input.Claimed _,
                        Input.NotClaimed _ -> {}
            }
        }
    }

    private @Nullable Input next(Optional<Instant> until) throws InterruptedException {
        if (until.isEmpty()) {
            return inputs.take();
        }
        long left = Duration.between(Instant.now(), until.get()).toMillis();
        return inputs.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
    }

    /** Until when what runs may run on. */
    private Optional<Instant> patience(Input reason) {
        return switch (reason) {
            case Input.Wanted _ -> Optional.of(Instant.now().plus(parameters.handover()));
            case Input.LinkLost _, Input.Terminated _ -> Optional.of(Instant.now().plus(GRACE));
            case Input.NewGraph _,
                    Input.FleetEnding _,
                    Input.Stopped _,
                    Input.Claimed _,
                    Input.NotClaimed _ ->
                    Optional.empty();
        };
    }

    /** What the laptop is to know of the end, should it still be there. */
    private void explain(Input reason) {
        last =
                switch (reason) {
                    case Input.Wanted(ClaimNote by) -> Optional.of(Taking.takenOver(by));
                    case Input.LinkLost(String why) ->
                            Optional.of(new LastWord(LastWord.Reason.LAPTOP_LOST, why));
                    case Input.Terminated() ->
                            Optional.of(
                                    new LastWord(
                                            LastWord.Reason.TERMINATED,
                                            "somebody on the host ended the agent's process"));
                    case Input.NewGraph _,
                            Input.FleetEnding _,
                            Input.Stopped _,
                            Input.Claimed _,
                            Input.NotClaimed _ ->
                            last;
                };
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
