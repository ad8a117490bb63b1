package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetReport;
import java.io.PrintStream;
import java.util.function.Supplier;

/** One line for each event beside the result, and the recap as the result. */
final class PlainView implements FleetView {
    private final PrintStream out;
    private final PrintStream err;
    private final FleetLines lines;
    private final Recap recap;

    PlainView(PrintStream out, PrintStream err, FleetLines lines, Recap recap) {
        this.out = out;
        this.err = err;
        this.lines = lines;
        this.recap = recap;
    }

    @Override
    public void show(FleetEvent event) {
        lines.of(event).forEach(err::println);
    }

    @Override
    public void end(FleetReport report, ExitCode code) {
        recap.of(report, code).forEach(out::println);
    }

    @Override
    public <T> T aside(Supplier<T> question) {
        return question.get();
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
    }
}
