package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final Duration START = Duration.ZERO;
    private static final Duration LATER = Duration.ofMillis(1500);

    private final Dashboard dashboard = new Dashboard(Palette.PLAIN);

    @Test
    void everyHostHasARowWithItsStageTimeAndProgress() {
        dashboard.take(new FleetEvent.Entered("h1", Stage.COPYING), START);
        dashboard.take(new FleetEvent.ImageSent("h1", 4_300_000, 17_200_000), START);
        dashboard.take(new FleetEvent.Entered("web-2", Stage.RUNNING), START);
        dashboard.take(new FleetEvent.Status("web-2", Scripted.working(3, 5)), LATER);
        dashboard.take(new FleetEvent.Entered("h3", Stage.CONNECTING), START);
        dashboard.take(new FleetEvent.Failed("h3", Scripted.REFUSED), LATER);

        assertEquals(
                List.of(
                        "h1     1.5 s     copying 4.3 MB of 17.2 MB (25%)",
                        "web-2  1.5 s     running 3/5, 0 changed, 0 failed",
                        "h3     1.5 s     cannot connect to 192.0.2.1 port 22"),
                dashboard.lines(10, 80, LATER));
    }

    @Test
    void whereHostsAreTooManyTheFailedAndTheSlowestAreShown() {
        IntStream.rangeClosed(1, 20)
                .forEach(
                        i -> {
                            dashboard.take(
                                    new FleetEvent.Entered("h" + i, Stage.RUNNING),
                                    Duration.ofSeconds(20L - i));
                            dashboard.take(
                                    new FleetEvent.Status(
                                            "h" + i,
                                            i <= 10 ? Scripted.idle(1, 0) : Scripted.working(0, 1)),
                                    Duration.ofSeconds(20));
                        });
        dashboard.take(new FleetEvent.Failed("h5", Scripted.REFUSED), Duration.ofSeconds(20));

        assertEquals(
                List.of(
                        "20 hosts: 1 failed, 10 under way, 9 converged",
                        "h5   5.0 s     cannot connect to 192.0.2.1 port 22",
                        "h20  20.0 s    running 0/1, 0 changed, 0 failed"),
                dashboard.lines(3, 80, Duration.ofSeconds(20)));
    }

    @Test
    void noRowIsWiderThanTheTerminal() {
        dashboard.take(new FleetEvent.Entered("h".repeat(100), Stage.RUNNING), START);
        dashboard.take(new FleetEvent.Failed("h".repeat(100), Scripted.REFUSED), START);

        dashboard
                .lines(5, 40, START)
                .forEach(line -> assertEquals(true, line.length() <= 40, line));
    }

    @Test
    void theFootIsRedrawnInPlaceAndLinesScrollAboveIt() {
        Foot foot = new Foot();

        assertEquals("", foot.frame(List.of(), List.of(), 80));
        assertEquals("\r\u001b[Ja\nb\n", foot.frame(List.of(), List.of("a", "b"), 80));
        assertEquals(
                "\u001b[2A\r\u001b[Jlog\na\nc\n",
                foot.frame(List.of("log"), List.of("a", "c"), 80));
        assertEquals("\u001b[2A\r\u001b[J", foot.frame(List.of(), List.of(), 80));
    }

    @Test
    void aTerminalMadeNarrowerHasFoldedTheFoot() {
        Foot foot = new Foot();
        foot.frame(List.of(), List.of("\u001b[32m0123456789\u001b[0m", "ab"), 80);

        assertEquals("\u001b[4A\r\u001b[J", foot.frame(List.of(), List.of(), 4));
    }
}
