package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.FleetReport;
import java.util.function.Supplier;

/** How a fleet's run is shown. Called from one thread at a time, in the order of events. */
public sealed interface FleetView extends AutoCloseable permits JsonView, LiveView, PlainView {
    /** Whom the output is for. */
    enum Output {
        HUMAN,
        JSON
    }

    void show(FleetEvent event);

    /** Lets something else have the terminal, such as a question, and comes back after it. */
    <T> T aside(Supplier<T> question);

    /** The last word: how it ended. */
    void end(FleetReport report, ExitCode code);

    /** Gives the terminal back as it was. */
    @Override
    void close();

    /**
     * The view that suits what {@code stdout} leads to. The terminal is opened only if there is
     * one.
     */
    static FleetView open(
            Output output, Plan plan, Verbosity verbosity, Surroundings surroundings) {
        return switch (output) {
            case JSON -> new JsonView(surroundings.out(), surroundings.clock());
            case HUMAN -> forPeople(plan, verbosity, surroundings);
        };
    }

    private static FleetView forPeople(Plan plan, Verbosity verbosity, Surroundings surroundings) {
        FleetLines lines = new FleetLines(plan, verbosity, surroundings.clock());
        return switch (surroundings.medium()) {
            case STREAM ->
                    new PlainView(
                            surroundings.out(),
                            surroundings.err(),
                            lines,
                            new Recap(plan, verbosity, Palette.PLAIN));
            case TERMINAL -> {
                Palette palette = Palette.of(surroundings.environment());
                yield new LiveView(
                        JlineScreen.open(),
                        lines,
                        new Recap(plan, verbosity, palette),
                        palette,
                        surroundings.clock());
            }
        };
    }
}
