package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostReport;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The live view with its own thread, on a screen that remembers. */
class LiveViewIT {
    private final RememberingScreen screen = new RememberingScreen();
    private final LiveView view =
            new LiveView(
                    screen,
                    new FleetLines(Plan.APPLY, Verbosity.NORMAL, () -> Duration.ZERO),
                    new Recap(Plan.APPLY, Verbosity.NORMAL, Palette.PLAIN),
                    Palette.PLAIN,
                    () -> Duration.ZERO);

    @Test
    void rowsAreShownUntilTheRecapTakesTheirPlace() throws InterruptedException {
        view.show(new FleetEvent.Entered("h1", Stage.CONNECTING));
        screen.awaitText("h1  0.0 s     connecting");
        view.show(Scripted.output("h1", "a line"));
        view.end(
                new FleetReport(
                        FleetReport.End.AT_REST,
                        Duration.ofSeconds(1),
                        List.of(new HostReport.Converged("h1", Map.of(), Scripted.idle(1, 1)))),
                ExitCode.OK);
        view.close();

        String last = screen.text().substring(screen.text().lastIndexOf("\u001b[J"));
        assertTrue(screen.text().contains("h1: exec[e]: a line\n"), screen::text);
        assertTrue(last.contains("h1  converged  resources=1"), last);
        assertTrue(
                last.endsWith("1 host: 1 converged; took 1.0 s; exit 0 (everything as asked)\n"),
                last);
        assertTrue(screen.isClosed());
    }

    @Test
    void nothingIsDrawnWhileAQuestionIsOpen() throws InterruptedException {
        view.show(new FleetEvent.Entered("h1", Stage.CONNECTING));
        screen.awaitText("connecting");
        String unchanged =
                view.aside(
                        () -> {
                            String before = screen.text();
                            view.show(Scripted.output("h1", "meanwhile"));
                            return screen.staysFor(Duration.ofMillis(300), before);
                        });
        screen.awaitText("meanwhile");
        view.close();

        assertEquals("unchanged", unchanged);
    }

    private static final class RememberingScreen implements Screen {
        private final StringBuilder written = new StringBuilder();
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int rows() {
            return 24;
        }

        @Override
        public int columns() {
            return 80;
        }

        @Override
        public synchronized void write(String text) {
            written.append(text);
            notifyAll();
        }

        @Override
        public void close() {
            closed.countDown();
        }

        boolean isClosed() {
            return closed.getCount() == 0;
        }

        synchronized String text() {
            return written.toString();
        }

        synchronized void awaitText(String text) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (written.indexOf(text) < 0) {
                assertTrue(System.nanoTime() < deadline, () -> text + " never came: " + written);
                wait(100);
            }
        }

        synchronized String staysFor(Duration time, String before) {
            long deadline = System.nanoTime() + time.toNanos();
            try {
                for (long left = time.toMillis(); left > 0; ) {
                    wait(left);
                    left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return written.toString().equals(before) ? "unchanged" : written.toString();
        }
    }
}
