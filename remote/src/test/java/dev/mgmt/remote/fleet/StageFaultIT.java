package dev.mgmt.remote.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.net.FarHost;
import dev.mgmt.tunnel.net.LinkShape;
import dev.mgmt.tunnel.net.ShapedLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A link that does harm as soon as its host has entered a stage; the rest of the path is real. */
@Timeout(120)
class StageFaultIT {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir Path directory;

    /** What is done to the link when the stage is entered. */
    private interface Harm {
        void to(ShapedLink link);
    }

    private FleetReport run(LinkShape shape, Stage stage, Harm harm) throws Exception {
        return run(shape, stage, harm, (_, _) -> {});
    }

    /** What is done about it when the run has noticed. */
    private interface Remedy {
        void to(ShapedLink link, HostFailure failure);
    }

    private FleetReport run(LinkShape shape, Stage stage, Harm harm, Remedy remedy)
            throws Exception {
        try (LoopbackFleet fleet = new LoopbackFleet(directory);
                FarHost far = FarHost.behind(shape, "SetEnv MGMT_CACHE=" + fleet.cache("far"))) {
            fleet.farHost("far", far, file());
            FleetTranscript transcript =
                    new FleetTranscript(
                            event -> {
                                if (event.equals(new FleetEvent.Entered("far", stage))) {
                                    harm.to(far.link());
                                }
                                if (event instanceof FleetEvent.Retrying retrying) {
                                    remedy.to(far.link(), retrying.failure());
                                }
                            });
            return fleet.run(
                    fleet.impatient(Duration.ofSeconds(90), Duration.ofSeconds(20)), transcript);
        }
    }

    private String file() throws IOException {
        return "graph: one\nresources:\n  file:\n  - name: f\n    path: "
                + directory.resolve("made")
                + "\n    content: x\n    state: exists\n";
    }

    @ParameterizedTest
    @EnumSource(names = {"PROBING", "COPYING", "STARTING"})
    void silenceIsNoticedWithinTwentySeconds(Stage stage) throws Exception {
        AtomicLong since = new AtomicLong();
        AtomicLong took = new AtomicLong();
        List<HostFailure> told = new CopyOnWriteArrayList<>();
        FleetReport report =
                run(
                        LinkShape.PLAIN.delayed(Duration.ofMillis(50)),
                        stage,
                        link -> {
                            if (since.compareAndSet(0, System.nanoTime())) {
                                link.cut();
                            }
                        },
                        (link, failure) -> {
                            took.set(System.nanoTime() - since.get());
                            told.add(failure);
                            link.restore();
                        });

        HostFailure failure = told.getFirst();
        assertEquals(HostFailure.Cause.LINK_LOST, failure.cause(), failure::toString);
        assertEquals(stage, failure.stage());
        assertTrue(took.get() > Duration.ofSeconds(11).toNanos(), took::toString);
        assertTrue(took.get() < Duration.ofSeconds(21).toNanos(), took::toString);
        converges(report);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROBING", "COPYING", "STARTING", "RUNNING"})
    void cutOfASecondDelaysAndNothingElse(Stage stage) throws Exception {
        converges(
                run(
                        LinkShape.PLAIN.delayed(Duration.ofMillis(50)),
                        stage,
                        link -> {
                            link.cut();
                            Thread.ofVirtual().start(() -> restoreSoon(link));
                        }));
    }

    private static void restoreSoon(ShapedLink link) {
        try {
            Thread.sleep(SHORT);
            link.restore();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All stages, the image's way included. */
    @Test
    void coldHostConvergesOverADelayedLink() throws Exception {
        converges(untroubled(LinkShape.PLAIN.delayed(Duration.ofMillis(100))));
    }

    @Test
    void coldHostConvergesOverALossyLink() throws Exception {
        converges(untroubled(LinkShape.PLAIN.delayed(Duration.ofMillis(10)).losing(50)));
    }

    /** The image fills the link for half a minute. */
    @Test
    void coldHostConvergesOverASlowLink() throws Exception {
        converges(untroubled(LinkShape.PLAIN.delayed(Duration.ofMillis(20)).slow(256_000)));
    }

    private FleetReport untroubled(LinkShape shape) throws Exception {
        return run(shape, Stage.WAITING, _ -> {});
    }

    private void converges(FleetReport report) {
        assertInstanceOf(HostReport.Converged.class, report.hosts().getFirst(), report::toString);
        assertTrue(Files.exists(directory.resolve("made")));
    }
}
