package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One JSON object for each event and one for the end; {@code docs/json-output.md} names the fields.
 */
final class JsonView implements FleetView {
    private final PrintStream out;
    private final Supplier<Duration> clock;

    JsonView(PrintStream out, Supplier<Duration> clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void show(FleetEvent event) {
        out.println(JsonEvents.of(event, clock.get()));
    }

    @Override
    public void end(FleetReport report, ExitCode code) {
        out.println(JsonReport.of(report, code, clock.get()));
    }

    @Override
    public <T> T aside(Supplier<T> question) {
        return question.get();
    }

    @Override
    public void close() {
        out.flush();
    }
}
