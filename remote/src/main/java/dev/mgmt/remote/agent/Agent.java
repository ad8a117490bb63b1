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
    private final BlockingQueue<AgentInput> inputs = new LinkedBlockingQueue<>();
    private Optional<LastWord> last = Optional.empty();
    private final GraphReader reader = new GraphReader(KindCatalog.installed().kinds());

    Agent(AgentParameters parameters, World world, EventLog events) {
        this.parameters = parameters;
        this.world = world;
        this.events = events;
    }

    /**
     * From another thread: ends in good order, for the sake of another agent or soon.
     *
     * @return how long that may take
     */
    Duration terminate() {
        Optional<ClaimNote> wanted = HostClaim.wanted(Path.of(parameters.state()));
        inputs.add(
                wanted.<AgentInput>map(AgentInput.Wanted::new)
                        .orElseGet(AgentInput.Terminated::new));
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

    private static AgentInput claim(Taking taking) {
        try {
            taking.take();
            return new AgentInput.Claimed();
        } catch (IOException e) {
            return new AgentInput.NotClaimed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the host is ours, or nobody can say whose it is. */
    private boolean awaitClaim(Taking taking) throws InterruptedException {
        List<AgentInput.NewGraph> graphs = new ArrayList<>();
        while (true) {
            AgentInput input = inputs.poll(taking.patience().toMillis(), TimeUnit.MILLISECONDS);
            switch (input) {
                case null -> {
                    if (taking.isHopeless()) {
                        String why = "another agent has the host and cannot be ended from there";
                        last = Optional.of(new LastWord(LastWord.Reason.TERMINATED, why));
                        return false;
                    }
                }
                case AgentInput.Claimed() -> {
                    inputs.addAll(graphs);
                    return true;
                }
                case AgentInput.NotClaimed(String reason) -> {
                    Optional<LastWord> word = taking.refusal();
                    if (word.isPresent()) {
                        last = word;
                        return false;
                    }
                    events.notice("whether another agent has this host is not known: " + reason);
                    inputs.addAll(graphs);
                    return true;
                }
                case AgentInput.NewGraph graph -> graphs.add(graph);
                case AgentInput.FleetEnding _,
                        AgentInput.LinkLost _,
                        AgentInput.Wanted _,
                        AgentInput.Terminated _,
                        AgentInput.Stopped _ -> {
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
                new StatusWriter(
                        world, StoreKeys.status(parameters.host()), parameters.lease(), events)) {
            EngineOptions options =
                    EngineOptions.of(parameters.host())
                            .with(parameters.enforcement())
                            .withStateDirectory(Path.of(parameters.state()));
            try (Engine engine = Engines.open(options, world, event -> hear(event, statuses))) {
                AgentInput reason = runGraphs(engine);
                stop(engine, reason);
                statuses.offer(engine.status());
                if (reason instanceof AgentInput.FleetEnding) {
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
    private AgentInput runGraphs(Engine engine) throws InterruptedException {
        boolean hasGraph = false;
        while (true) {
            AgentInput input = inputs.take();
            switch (input) {
                case AgentInput.NewGraph(World.Entry entry) -> {
                    submit(engine, entry);
                    hasGraph = true;
                }
                case AgentInput.LinkLost(String reason) -> {
                    events.hangUp(new LastWord(LastWord.Reason.LAPTOP_LOST, reason));
                    return hasGraph ? linger(input) : input;
                }
                case AgentInput.FleetEnding _,
                        AgentInput.Wanted _,
                        AgentInput.Terminated _,
                        AgentInput.Stopped _,
                        AgentInput.Claimed _,
                        AgentInput.NotClaimed _ -> {
                    return input;
                }
            }
        }
    }

    /** The last graph stays in force until the time is over or somebody ends the process. */
    private AgentInput linger(AgentInput loss) throws InterruptedException {
        long end = System.nanoTime() + parameters.linger().toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            AgentInput input = inputs.poll(left, TimeUnit.NANOSECONDS);
            if (input instanceof AgentInput.Terminated || input instanceof AgentInput.Wanted) {
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
    private void stop(Engine engine, AgentInput reason) throws InterruptedException {
        explain(reason);
        Thread stopping = begin(() -> stopAndTell(engine), "stop");
        Optional<Instant> until = patience(reason);
        while (true) {
            AgentInput input = next(until);
            switch (input) {
                case null -> {
                    stopping.interrupt();
                    until = Optional.empty();
                }
                case AgentInput.Stopped _ -> {
                    return;
                }
                case AgentInput.LinkLost _, AgentInput.Terminated _ -> {
                    if (until.isEmpty()) {
                        until = patience(input);
                    }
                }
                case AgentInput.Wanted _ -> {
                    explain(input);
                    until = patience(input);
                }
                case AgentInput.NewGraph _,
                        AgentInput.FleetEnding _,
                        AgentInput.Claimed _,
                        AgentInput.NotClaimed _ -> {}
            }
        }
    }

    private @Nullable AgentInput next(Optional<Instant> until) throws InterruptedException {
        if (until.isEmpty()) {
            return inputs.take();
        }
        long left = Duration.between(Instant.now(), until.get()).toMillis();
        return inputs.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
    }

    /** Until when what runs may run on. */
    private Optional<Instant> patience(AgentInput reason) {
        return switch (reason) {
            case AgentInput.Wanted _ -> Optional.of(Instant.now().plus(parameters.handover()));
            case AgentInput.LinkLost _, AgentInput.Terminated _ ->
                    Optional.of(Instant.now().plus(GRACE));
            case AgentInput.NewGraph _,
                    AgentInput.FleetEnding _,
                    AgentInput.Stopped _,
                    AgentInput.Claimed _,
                    AgentInput.NotClaimed _ ->
                    Optional.empty();
        };
    }

    /** What the laptop is to know of the end, should it still be there. */
    private void explain(AgentInput reason) {
        last =
                switch (reason) {
                    case AgentInput.Wanted(ClaimNote by) -> Optional.of(Taking.takenOver(by));
                    case AgentInput.LinkLost(String why) ->
                            Optional.of(new LastWord(LastWord.Reason.LAPTOP_LOST, why));
                    case AgentInput.Terminated() ->
                            Optional.of(
                                    new LastWord(
                                            LastWord.Reason.TERMINATED,
                                            "somebody on the host ended the agent's process"));
                    case AgentInput.NewGraph _,
                            AgentInput.FleetEnding _,
                            AgentInput.Stopped _,
                            AgentInput.Claimed _,
                            AgentInput.NotClaimed _ ->
                            last;
                };
    }

    private void stopAndTell(Engine engine) throws InterruptedException {
        try {
            engine.stop();
        } finally {
            inputs.add(new AgentInput.Stopped());
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
                        inputs.add(new AgentInput.NewGraph(entry));
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
                inputs.add(new AgentInput.FleetEnding());
            }
        } catch (MalformedMessage e) {
            events.notice("the fleet's key makes no sense: " + e.getMessage());
        }
    }

    private abstract class Relay implements FollowedKey.Follower {
        @Override
        public void lost(String reason) {
            inputs.add(new AgentInput.LinkLost(reason));
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
