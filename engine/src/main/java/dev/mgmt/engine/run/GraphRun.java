package dev.mgmt.engine.run;

import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.facts.Facts;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns a run: one virtual thread takes inputs, lets {@link Step} change the state and has the
 * effects carried out. Nobody else touches the state. The listener is called by that thread only.
 */
public final class GraphRun implements Engine {
    /** How long a standing that only counts on may wait to be told. */
    private static final long TELL_NANOS = Duration.ofMillis(50).toNanos();

    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Timers timers = new Timers();
    private final Step step;
    private final Assembly assembly;
    private final Surroundings surroundings;
    private final SharedStore store;
    private final RefreshNotes refreshes;
    private final FleetPlaces places;
    private final Consumer<EngineEvent> listener;
    private final Thread owner;
    private volatile EngineStatus status;
    private volatile ResourceGraph graph = ResourceGraph.empty();
    private EngineStatus told;
    private long toldAt;
    private boolean finished;

    private GraphRun(
            EngineOptions options,
            World world,
            DriverRegistry drivers,
            ExportDecoder decoder,
            Consumer<EngineEvent> listener) {
        this.listener = listener;
        step = new Step(options, drivers::freshness, new SplittableRandom());
        status = step.status();
        told = status;
        toldAt = System.nanoTime();
        assembly = new Assembly(decoder, drivers, () -> Facts.of(HostRoot.REAL, options.host()));
        surroundings = new Surroundings(drivers, inputs::add);
        store = new SharedStore(world, options.host(), surroundings, inputs::add);
        refreshes =
                new RefreshNotes(
                        options.stateDirectory(),
                        text -> listener.accept(new EngineEvent.Notice(text)));
        places = new FleetPlaces(world, options.host(), surroundings, inputs::add);
        owner = Thread.ofVirtual().name("engine " + options.host()).unstarted(this::own);
    }

    /**
     * @param drivers closed with the engine
     */
    public static GraphRun open(
            EngineOptions options,
            World world,
            DriverRegistry drivers,
            ExportDecoder decoder,
            Consumer<EngineEvent> listener) {
        GraphRun run = new GraphRun(options, world, drivers, decoder, listener);
        run.owner.start();
        return run;
    }

    @Override
    public void submit(GraphDefinition graph, long revision) {
        inputs.add(new Input.Submitted(graph, revision));
    }

    @Override
    public EngineStatus status() {
        return status;
    }

    @Override
    public ResourceGraph graph() {
        return graph;
    }

    @Override
    public void stop() throws InterruptedException {
        inputs.add(new Input.StopAsked());
        try {
            ended.await();
        } catch (InterruptedException e) {
            surroundings.interrupt();
            ended.await();
            throw e;
        }
    }

    @Override
    public void close() {
        owner.interrupt();
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void own() {
        try {
            take(new Input.Recalled(refreshes.recall()));
            while (!finished) {
                Input input = next();
                if (input != null) {
                    take(input);
                }
                tellStatus();
            }
        } catch (InterruptedException e) {
            // Closed: what runs is stopped below.
        } finally {
            store.close();
            surroundings.close();
            noteWhatIsOwed();
            refreshes.close();
            // Not before: what held a place runs no longer.
            places.close();
            ended.countDown();
        }
    }

    /** Of runs that ended last and were not heard: what they changed is not found again. */
    private void noteWhatIsOwed() {
        boolean interrupted = Thread.interrupted();
        for (Input input = inputs.poll(); input != null; input = inputs.poll()) {
            if (input instanceof Input.Ran) {
                for (Effect effect : step.take(input)) {
                    if (effect instanceof Effect.NoteOwed || effect instanceof Effect.NotePaid) {
                        perform(effect);
                    }
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next input, or null when it is time to tell how things stand. */
    private @Nullable Input next() throws InterruptedException {
        long now = System.nanoTime();
        Timer due = timers.due(now);
        if (due != null) {
            return new Input.Rang(due);
        }
        long wait = untilNext(now);
        return wait == Long.MAX_VALUE
                ? inputs.take()
                : inputs.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    private long untilNext(long now) {
        long wait = timers.none() ? Long.MAX_VALUE : timers.untilNext(now);
        boolean owes = StatusChange.differs(told, status);
        return owes ? Math.min(wait, toldAt + TELL_NANOS - now) : wait;
    }

    private void take(Input input) {
        if (input instanceof Input.Disturbed(Ticket vertex)) {
            surroundings.taken(vertex);
        }
        List<Effect> effects = step.take(input);
        graph = step.graph();
        for (Effect effect : effects) {
            perform(effect);
        }
        if (input instanceof Input.Wrote) {
            surroundings.lineTold();
        }
        status = step.status();
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Adopt(Ticket vertex, Resource resource) ->
                    surroundings.adopt(vertex, resource);
            case Effect.StartWatch(Ticket vertex) -> surroundings.startWatch(vertex);
            case Effect.StopWatch(Ticket vertex) -> surroundings.stopWatch(vertex);
            case Effect.Release(Ticket vertex) -> surroundings.release(vertex);
            case Effect.Run(Ticket vertex, Attempt attempt) -> surroundings.run(vertex, attempt);
            case Effect.Interrupt(Ticket vertex) -> surroundings.interrupt(vertex);
            case Effect.RunTogether(List<Effect.Run> runs) -> surroundings.runTogether(runs);
            case Effect.SetTimer(Timer timer, Duration pause) ->
                    timers.set(timer, System.nanoTime(), pause);
            case Effect.NoteOwed(List<ResourceId> receivers) -> refreshes.owed(receivers);
            case Effect.NotePaid(List<ResourceId> receivers) -> refreshes.paid(receivers);
            case Effect.TakePlace(Effect.Place place) -> places.take(place);
            case Effect.LeavePlace(long number) -> places.leave(number);
            case Effect.Tell(EngineEvent event) -> listener.accept(event);
            case Effect.Build build -> surroundings.begin(() -> inputs.add(assembly.build(build)));
            case Effect.ReadExports() -> store.readExports();
            case Effect.CommitExports(Transaction transaction) -> store.commitExports(transaction);
            case Effect.OpenCollection(Effect.Subscription subscription) ->
                    store.open(subscription);
            case Effect.CloseCollection(Effect.Subscription subscription) ->
                    store.close(subscription);
            case Effect.Finish() -> finished = true;
        }
    }

    /** Turns of the tide are told at once, counts now and then. */
    private void tellStatus() {
        if (!StatusChange.differs(told, status)) {
            return;
        }
        long now = System.nanoTime();
        boolean quietNow = inputs.isEmpty() || finished;
        if ((quietNow && StatusChange.turned(told, status))
                || now - toldAt >= TELL_NANOS
                || finished) {
            told = status;
            toldAt = now;
            listener.accept(new EngineEvent.StatusChanged(told));
        }
    }
}
