package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.EngineEvent.Stream;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.kind.exec.ExecResource.Command;
import dev.mgmt.engine.os.ChildProcess;
import dev.mgmt.engine.os.Deeds;
import dev.mgmt.engine.os.OutputTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs one command: once, and again when it is refreshed, polled or its watch command says a line.
 */
final class ExecKeeper implements Keeper {
    private static final int REASON_LINES = 3;

    private final ExecResource resource;
    private final Deeds deeds;
    private final OutputListener output;

    /** What the last run that went well wrote, by the names of the outputs. */
    private Map<String, String> said = Map.of();

    private final AtomicBoolean due = new AtomicBoolean(true);

    ExecKeeper(ExecResource resource, Deeds deeds, OutputListener output) {
        this.resource = resource;
        this.deeds = deeds;
        this.output = output;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        boolean polled = !resource.meta().poll().isZero();
        recall();
        if (!due.getAndSet(false) && !attempt.refreshes() && !polled) {
            return Outcome.GOOD;
        }
        boolean done = false;
        try {
            Outcome outcome = hasNothingToDo() ? Outcome.GOOD : mend(attempt);
            done = outcome instanceof Outcome.Good || outcome instanceof Outcome.Changed;
            if (done) {
                deeds.done(resource.deed(), said);
            }
            return outcome;
        } finally {
            if (!done) {
                due.set(true);
                deeds.undone(resource.deed());
            }
        }
    }

    /** What the engine did whose place this one has taken in the middle of a run. */
    private void recall() throws IOException {
        if (due.get()) {
            Optional<Map<String, String>> earlier = deeds.recall(resource.deed());
            if (earlier.isPresent()) {
                said = earlier.get();
                due.set(false);
            }
        }
    }

    @Override
    public Map<String, String> outputs() {
        return said;
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        if (resource.watch().isEmpty()) {
            return Watch.NONE;
        }
        Command command = resource.watch().get();
        AtomicBoolean closed = new AtomicBoolean();
        OutputTail errors = new OutputTail();
        ChildProcess child =
                start(
                        command,
                        line -> {
                            if (!line.isBlank()) {
                                due.set(true);
                                undone();
                                listener.changed();
                            }
                        },
                        errors::add);
        Thread.startVirtualThread(() -> awaitEnd(child, errors, closed, listener));
        return () -> {
            closed.set(true);
            child.terminate();
        };
    }

    /** An event is no less one because that cannot be written down. */
    private void undone() {
        try {
            deeds.undone(resource.deed());
        } catch (IOException e) {
            output.line(Stream.STDERR, "this run may be taken for done: " + e.getMessage());
        }
    }

    private static void awaitEnd(
            ChildProcess child, OutputTail errors, AtomicBoolean closed, WatchListener listener) {
        try {
            int code = child.await();
            if (!closed.get()) {
                listener.ended("the watch command ended with exit code " + code + said(errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasNothingToDo() throws IOException, InterruptedException {
        if (resource.creates().isPresent()
                && Files.exists(resource.creates().get(), LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (resource.onlyIf().isPresent() && !holds(resource.onlyIf().get())) {
            return true;
        }
        return resource.unless().isPresent() && holds(resource.unless().get());
    }

    private boolean holds(Command condition) throws IOException, InterruptedException {
        return await(start(condition, _ -> {}, _ -> {})) == 0;
    }

    private Outcome mend(Attempt attempt) throws IOException, InterruptedException {
        String words = String.join(" ", resource.command().argv());
        if (attempt.checksOnly()) {
            return new Outcome.Deviates(List.of(new Outcome.Mending("run", words)));
        }
        OutputTail out = new OutputTail();
        OutputTail err = new OutputTail();
        OutputTail both = new OutputTail();
        ChildProcess child = streamed(resource.command(), both, out, err);
        deeds.begun(resource.deed(), child.pid());
        int code = await(child);
        if (code != 0) {
            return Outcome.Failed.because("exit code " + code + said(err, out));
        }
        if (resource.done().isPresent()) {
            OutputTail ignored = new OutputTail();
            int after = await(streamed(resource.done().get(), ignored, ignored, ignored));
            if (after != 0) {
                return new Outcome.Failed(
                        "the command for when it is done ended with exit code "
                                + after
                                + said(ignored),
                        List.of(new Outcome.Mending("run", words)));
            }
        }
        said = Map.of("output", both.text(), "stdout", out.text(), "stderr", err.text());
        return Outcome.changed("run", words);
    }

    private ChildProcess streamed(Command command, OutputTail both, OutputTail out, OutputTail err)
            throws IOException {
        return start(
                command,
                line -> {
                    both.add(line);
                    out.add(line);
                    output.line(Stream.STDOUT, line);
                },
                line -> {
                    both.add(line);
                    err.add(line);
                    output.line(Stream.STDERR, line);
                });
    }

    private ChildProcess start(Command command, Consumer<String> out, Consumer<String> err)
            throws IOException {
        return ChildProcess.start(
                ProcessLine.of(resource, command),
                resource.directory(),
                resource.environment(),
                out,
                err);
    }

    /** The exit code; a command that takes too long, or is interrupted, is ended with its group. */
    private int await(ChildProcess child) throws IOException, InterruptedException {
        boolean over = false;
        try {
            over = resource.timeout().isZero() || child.ends(resource.timeout());
            if (!over) {
                throw new IOException(
                        "took longer than its timeout of "
                                + resource.timeout().toSeconds()
                                + " s and was stopped");
            }
            over = false;
            int code = child.await();
            over = true;
            return code;
        } finally {
            if (!over) {
                child.terminate();
            }
        }
    }

    private static String said(OutputTail... tails) {
        for (OutputTail tail : tails) {
            List<String> last = tail.last(REASON_LINES);
            if (!last.isEmpty()) {
                return ": " + String.join(" | ", last);
            }
        }
        return "";
    }
}
