package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of progress at the foot of a terminal, redrawn in place; what stays scrolls by above them.
 *
 * <p>One thread of its own owns all that is drawn and takes events from a queue, as many as there
 * are: however fast they come, the terminal is written at most every tenth of a second, and the run
 * never waits for it.
 */
final class LiveView implements FleetView {
    private static final Duration PACE = Duration.ofMillis(100);

    private sealed interface Told {
        record Event(FleetEvent event) implements Told {}

        record End(List<String> recap) implements Told {}
    }

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final Screen screen;
    private final FleetLines lines;
    private final Recap recap;
    private final Dashboard dashboard;
    private final Supplier<Duration> clock;
    private final Foot foot = new Foot();
    private final Thread painter;

    /** Held by whoever writes to the terminal, and for as long as a question is open. */
    private final ReentrantLock terminal = new ReentrantLock();

    LiveView(
            Screen screen,
            FleetLines lines,
            Recap recap,
            Palette palette,
            Supplier<Duration> clock) {
        this.screen = screen;
        this.lines = lines;
        this.recap = recap;
        this.dashboard = new Dashboard(palette);
        this.clock = clock;
        this.painter = Thread.ofVirtual().name("live-view").start(this::paint);
    }

    @Override
    public void show(FleetEvent event) {
        told.add(new Told.Event(event));
    }

    @Override
    public void end(FleetReport report, ExitCode code) {
        told.add(new Told.End(recap.of(report, code)));
    }

    /** The foot goes away meanwhile, and questions come one at a time. */
    @Override
    public <T> T aside(Supplier<T> question) {
        terminal.lock();
        try {
            screen.write(foot.frame(List.of(), List.of(), screen.columns()));
            return question.get();
        } finally {
            terminal.unlock();
        }
    }

    @Override
    public void close() {
        told.add(new Told.End(List.of()));
        try {
            painter.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        screen.close();
    }

    private void paint() {
        try {
            while (frame(told.poll(PACE.toMillis(), TimeUnit.MILLISECONDS))) {
                Thread.sleep(PACE.toMillis() / 2);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Draws what has come since the last frame; false once the end was drawn. */
    private boolean frame(@Nullable Told first) {
        List<Told> batch = new ArrayList<>();
        if (first != null) {
            batch.add(first);
        }
        told.drainTo(batch);
        List<String> above = new ArrayList<>();
        boolean goesOn = true;
        for (Told each : batch) {
            switch (each) {
                case Told.Event(FleetEvent event) -> above.addAll(taken(event));
                case Told.End(List<String> last) -> {
                    above.addAll(last);
                    goesOn = false;
                }
            }
        }
        List<String> rows =
                goesOn
                        ? dashboard.lines(screen.rows() - 2, screen.columns() - 1, clock.get())
                        : List.of();
        write(above, rows);
        return goesOn;
    }

    private void write(List<String> above, List<String> rows) {
        terminal.lock();
        try {
            screen.write(foot.frame(above, rows, screen.columns()));
        } finally {
            terminal.unlock();
        }
    }

    /** What the rows show anyway need not scroll by. */
    private List<String> taken(FleetEvent event) {
        dashboard.take(event, clock.get());
        List<String> text = lines.of(event);
        return switch (event) {
            case FleetEvent.Entered _, FleetEvent.Status _ -> List.of();
            case FleetEvent.ImageReused _,
                    FleetEvent.ImageSent _,
                    FleetEvent.Engine _,
                    FleetEvent.Retrying _,
                    FleetEvent.Failed _,
                    FleetEvent.GateRefused _,
                    FleetEvent.Pushed _,
                    FleetEvent.EditRefused _,
                    FleetEvent.AtRest _ ->
                    text;
        };
    }
}
