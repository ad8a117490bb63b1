package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One JSON object for each event and one for the end; {@code docs/json-output.md} names the fields.
 * While a question is open, lines wait: nothing is written into it, and the run does not wait.
 */
final class JsonView implements FleetView {
    private final PrintStream out;
    private final Supplier<Duration> clock;

    /** Guarded by this, as is the output. */
    private final List<String> waiting = new ArrayList<>();

    private int questions;

    JsonView(PrintStream out, Supplier<Duration> clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void show(FleetEvent event) {
        write(JsonEvents.of(event, clock.get()).toString());
    }

    @Override
    public void end(FleetReport report, ExitCode code) {
        write(JsonReport.of(report, code, clock.get()).toString());
    }

    private synchronized void write(String line) {
        if (questions > 0) {
            waiting.add(line);
        } else {
            out.println(line);
        }
    }

    @Override
    public <T> T aside(Supplier<T> question) {
        opened();
        try {
            return question.get();
        } finally {
            closed();
        }
    }

    private synchronized void opened() {
        questions++;
    }

    private synchronized void closed() {
        questions--;
        if (questions == 0) {
            flush();
        }
    }

    private synchronized void flush() {
        waiting.forEach(out::println);
        waiting.clear();
    }

    /** A question that nobody answers any more must not keep the end. */
    @Override
    public void close() {
        flush();
        out.flush();
    }
}
