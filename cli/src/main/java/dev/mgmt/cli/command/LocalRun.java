package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.view.EngineView;
import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.converge.Stillness;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.remote.local.RunStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One graph kept true on this machine until it has been at rest for long enough or somebody says
 * stop. The thread that calls {@link #keep} owns the run; engine, signals and edits tell it what
 * happened through a queue.
 */
final class LocalRun {
    private sealed interface Happening {
        record Told(EngineEvent event) implements Happening {}

        record Edited() implements Happening {}

        /** What is known of the store may be another. */
        record StoreMoved() implements Happening {}

        record Signalled(ProcessSignals.Signal signal) implements Happening {}
    }

    private enum End {
        AT_REST,
        OUT_OF_TIME,
        REFUSED,
        INTERRUPTED,
        TERMINATED
    }

    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final RunOptions options;
    private final GraphFile file;
    private final GraphDefinition first;
    private final EngineView view;
    private final Sidelines sidelines;
    private final Supplier<Duration> clock;
    private Stillness rest;

    /** The last that the engine told. */
    private @Nullable EngineStatus standing;

    private final Thread owner = Thread.currentThread();

    /** What the file was when it was last read. */
    private GraphReading reading;

    private long newest = 1;
    private volatile boolean stopping;
    private volatile @Nullable Engine opened;

    LocalRun(
            RunOptions options,
            GraphFile file,
            GraphReading.Valid reading,
            EngineView view,
            Sidelines sidelines,
            Supplier<Duration> clock) {
        this.options = options;
        this.file = file;
        this.reading = reading;
        this.first = reading.graph();
        this.view = view;
        this.sidelines = sidelines;
        this.clock = clock;
        this.rest = stillness();
    }

    GraphFile file() {
        return file;
    }

    /** Comes from the engine's own thread, in order: figures cannot wait for their turn. */
    void told(EngineEvent event) {
        Engine engine = opened;
        if (engine != null) {
            sidelines.told(event, engine);
        }
        happenings.add(new Happening.Told(event));
    }

    void storeMoved() {
        happenings.add(new Happening.StoreMoved());
    }

    void edited() {
        happenings.add(new Happening.Edited());
    }

    /** The first signal ends the run in good order; one more stops what still runs. */
    void signalled(ProcessSignals.Signal signal) {
        if (stopping) {
            owner.interrupt();
        } else {
            happenings.add(new Happening.Signalled(signal));
        }
    }

    ExitCode keep(Engine engine, RunStore store) throws InterruptedException {
        opened = engine;
        engine.submit(first, newest);
        Optional<End> end = Optional.empty();
        while (end.isEmpty()) {
            Happening happening = next();
            end = happening == null ? over() : after(happening, engine, store);
        }
        if (end.get() == End.AT_REST) {
            letVisitorsEnd(store);
        }
        stop(engine);
        ExitCode code = code(end.get(), engine.status());
        view.end(engine.status(), code);
        return code;
    }

    /**
     * Others who have the store from here and came to rest with us need it for a little longer:
     * without it they would not know that they are.
     */
    private void letVisitorsEnd(RunStore store) throws InterruptedException {
        Duration end = clock.get().plus(FAREWELL);
        while (store.visitors() > 0 && clock.get().compareTo(end) < 0) {
            Happening happening = happenings.poll(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS);
            if (happening instanceof Happening.Signalled) {
                return;
            }
            if (happening instanceof Happening.Told(EngineEvent event)) {
                view.show(event);
            }
        }
    }

    /** Null when the time for something has come. */
    private @Nullable Happening next() throws InterruptedException {
        Optional<Duration> left = sooner(rest.left(clock.get()), timeLeft());
        return left.isEmpty()
                ? happenings.take()
                : happenings.poll(left.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Optional<Duration> timeLeft() {
        return options.ending()
                .maxRuntime()
                .map(limit -> limit.minus(clock.get()))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    private static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Duration::compareTo);
    }

    private Optional<End> over() {
        if (rest.reachedAt(clock.get())) {
            return Optional.of(End.AT_REST);
        }
        return timeLeft().filter(Duration::isZero).map(_ -> End.OUT_OF_TIME);
    }

    private Optional<End> after(Happening happening, Engine engine, RunStore store) {
        return switch (happening) {
            case Happening.Told(EngineEvent event) -> after(event, store);
            case Happening.StoreMoved() -> {
                judge(store);
                yield Optional.empty();
            }
            case Happening.Edited() -> {
                readAgain(engine);
                yield Optional.empty();
            }
            case Happening.Signalled(ProcessSignals.Signal signal) ->
                    Optional.of(
                            switch (signal) {
                                case INT -> End.INTERRUPTED;
                                case TERM -> End.TERMINATED;
                            });
        };
    }

    private Optional<End> after(EngineEvent event, RunStore store) {
        view.show(event);
        return switch (event) {
            case EngineEvent.StatusChanged(EngineStatus status) -> {
                standing = status;
                judge(store);
                yield Optional.empty();
            }
            case EngineEvent.GraphRefused refused -> afterRefusal(refused.revision());
            case EngineEvent.GraphSwitched _,
                    EngineEvent.Applied _,
                    EngineEvent.WouldApply _,
                    EngineEvent.Retrying _,
                    EngineEvent.Failed _,
                    EngineEvent.Output _,
                    EngineEvent.Notice _ ->
                    Optional.empty();
        };
    }

    /** At rest is who has run the newest graph and taken in all that it asks of the store. */
    private void judge(RunStore store) {
        EngineStatus status = standing;
        boolean isCurrent =
                status != null && status.graphRevision() == newest && store.isSeenBy(status);
        rest = status != null && isCurrent ? rest.after(status, clock.get()) : stillness();
    }

    /** Not begun: of an old graph, or with exports on their way, there is no rest. */
    private Stillness stillness() {
        return Stillness.of(options.ending().convergedTimeout().orElse(Options.NEVER));
    }

    /** With no graph before it, a refused graph leaves nothing to do. */
    private Optional<End> afterRefusal(long revision) {
        if (revision == newest) {
            newest = revision - 1;
        }
        return newest == 0 ? Optional.of(End.REFUSED) : Optional.empty();
    }

    private void readAgain(Engine engine) {
        GraphReading before = reading;
        reading = file.readAlone();
        if (reading.equals(before)) {
            return;
        }
        switch (reading) {
            case GraphReading.Invalid invalid -> view.editRefused(file.name(), invalid.problems());
            case GraphReading.Valid valid -> {
                view.warn(valid.warnings());
                newest++;
                rest = stillness();
                engine.submit(valid.graph(), newest);
            }
        }
    }

    private void stop(Engine engine) {
        stopping = true;
        try {
            engine.stop();
        } catch (InterruptedException askedTwice) {
            // What ran has been stopped; the caller closes the engine and leaves with its own code.
        }
        for (Happening left = happenings.poll(); left != null; left = happenings.poll()) {
            if (left instanceof Happening.Told(EngineEvent event)) {
                view.show(event);
            }
        }
    }

    private ExitCode code(End end, EngineStatus status) {
        ExitCode honest =
                switch (end) {
                    case AT_REST, INTERRUPTED -> ExitCode.of(status, options.plan());
                    case OUT_OF_TIME ->
                            options.ending().convergedTimeout().isEmpty()
                                    ? ExitCode.of(status, options.plan())
                                    : ExitCode.NOT_CONVERGED;
                    case REFUSED -> ExitCode.INVALID_INPUT;
                    case TERMINATED -> ExitCode.INTERRUPTED;
                };
        return switch (options.ending().habit()) {
            case TELL -> honest;
            case ALWAYS_ZERO ->
                    switch (end) {
                        case AT_REST, OUT_OF_TIME, INTERRUPTED -> ExitCode.OK;
                        case REFUSED, TERMINATED -> honest;
                    };
        };
    }
}
