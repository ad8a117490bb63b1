package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.view.EngineView;
import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.converge.Stillness;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.yaml.GraphReading;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

        record Signalled(ProcessSignals.Signal signal) implements Happening {}
    }

    private enum End {
        AT_REST,
        REFUSED,
        INTERRUPTED,
        TERMINATED
    }

    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final RunOptions options;
    private final GraphFile file;
    private final GraphDefinition first;
    private final EngineView view;
    private final Supplier<Duration> clock;
    private Stillness rest;
    private final Thread owner = Thread.currentThread();

    /** What the file was when it was last read. */
    private GraphReading reading;

    private long newest = 1;
    private volatile boolean stopping;

    LocalRun(
            RunOptions options,
            GraphFile file,
            GraphReading.Valid reading,
            EngineView view,
            Supplier<Duration> clock) {
        this.options = options;
        this.file = file;
        this.reading = reading;
        this.first = reading.graph();
        this.view = view;
        this.clock = clock;
        this.rest = stillness();
    }

    GraphFile file() {
        return file;
    }

    void told(EngineEvent event) {
        happenings.add(new Happening.Told(event));
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

    /**
     * @param isSeen whether an engine that stands so knows all that it asks of the store
     */
    ExitCode keep(Engine engine, Predicate<EngineStatus> isSeen) throws InterruptedException {
        engine.submit(first, newest);
        Optional<End> end = Optional.empty();
        while (end.isEmpty()) {
            Happening happening = next();
            end = happening == null ? Optional.of(End.AT_REST) : after(happening, engine, isSeen);
        }
        stop(engine);
        ExitCode code = code(end.get(), engine.status());
        view.end(engine.status(), code);
        return code;
    }

    /** Null when the rest was long enough. */
    private @Nullable Happening next() throws InterruptedException {
        Optional<Duration> left = rest.left(clock.get());
        return left.isEmpty()
                ? happenings.take()
                : happenings.poll(left.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Optional<End> after(
            Happening happening, Engine engine, Predicate<EngineStatus> isSeen) {
        return switch (happening) {
            case Happening.Told(EngineEvent event) -> after(event, isSeen);
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

    private Optional<End> after(EngineEvent event, Predicate<EngineStatus> isSeen) {
        view.show(event);
        return switch (event) {
            case EngineEvent.StatusChanged(EngineStatus status) -> {
                boolean isCurrent = status.graphRevision() == newest && isSeen.test(status);
                rest = isCurrent ? rest.after(status, clock.get()) : stillness();
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

    /** Not begun: of an old graph, or with exports on their way, there is no rest. */
    private Stillness stillness() {
        return Stillness.of(options.convergedTimeout().orElse(Options.NEVER));
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
                    case AT_REST -> ExitCode.of(status, options.plan());
                    case REFUSED -> ExitCode.INVALID_INPUT;
                    case INTERRUPTED ->
                            options.convergedTimeout().isEmpty()
                                    ? ExitCode.of(status, options.plan())
                                    : ExitCode.INTERRUPTED;
                    case TERMINATED -> ExitCode.INTERRUPTED;
                };
        boolean forgiven =
                options.exitHabit() == RunOptions.ExitHabit.ALWAYS_ZERO
                        && (honest == ExitCode.RESOURCES_FAILED || end == End.INTERRUPTED);
        return forgiven ? ExitCode.OK : honest;
    }
}
