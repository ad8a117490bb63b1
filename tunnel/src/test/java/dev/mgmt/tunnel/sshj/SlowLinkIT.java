package dev.mgmt.tunnel.sshj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.net.FarHost;
import dev.mgmt.tunnel.net.LinkShape;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links with delay, loss, little room and cuts, to a real sshd in a namespace of its own. */
@Timeout(180)
class SlowLinkIT {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    /** As a run does it: a link that is silent for four of these is lost. */
    private static final Duration KEEPALIVE = Duration.ofMillis(3750);

    private static final Duration HASTY = Duration.ofMillis(500);

    private static void runsACommand(Tunnel tunnel) throws Exception {
        try (var process = tunnel.start(RemoteCommand.of("echo", "there"))) {
            assertEquals("there\n", new String(process.stdout().readAllBytes(), UTF_8));
            assertEquals(new Ending.Exited(0), process.await(PATIENT));
        }
    }

    private static void connectsAndRuns(LinkShape shape) throws Exception {
        try (var host = FarHost.behind(shape);
                var tunnels = new SshjTunnels();
                var tunnel = tunnels.connect(host.target(PATIENT, KEEPALIVE))) {
            runsACommand(tunnel);
        }
    }

    @Test
    void delayOfATenthOfASecondIsNothingUnusual() throws Exception {
        connectsAndRuns(LinkShape.PLAIN.delayed(Duration.ofMillis(100)));
    }

    @Test
    void oneLostPacketInTwentyIsMadeGood() throws Exception {
        connectsAndRuns(LinkShape.PLAIN.delayed(Duration.ofMillis(20)).losing(50));
    }

    @Test
    void uploadThatFillsASlowLinkIsNoLostLink() throws Exception {
        try (var host =
                        FarHost.behind(
                                LinkShape.PLAIN.delayed(Duration.ofMillis(20)).slow(256_000));
                var tunnels = new SshjTunnels();
                var tunnel = tunnels.connect(host.target(PATIENT, KEEPALIVE));
                var process = tunnel.start(RemoteCommand.of("wc", "-c"))) {
            byte[] data = new byte[1_000_000];
            process.stdin().write(data);
            process.stdin().close();
            assertEquals("1000000\n", new String(process.stdout().readAllBytes(), UTF_8));
        }
    }

    @Test
    void cutOfASecondIsNotNoticed() throws Exception {
        try (var host = FarHost.behind(LinkShape.PLAIN.delayed(Duration.ofMillis(10)));
                var tunnels = new SshjTunnels();
                var tunnel = tunnels.connect(host.target(PATIENT, HASTY));
                var process = tunnel.start(RemoteCommand.of("cat"))) {
            host.link().cut();
            Thread.sleep(Duration.ofSeconds(1));
            host.link().restore();
            process.stdin().write("still there".getBytes(UTF_8));
            process.stdin().close();
            assertEquals("still there", new String(process.stdout().readAllBytes(), UTF_8));
        }
    }

    @Test
    void silenceIsNoticedAfterFourKeepalives() throws Exception {
        try (var host = FarHost.behind(LinkShape.PLAIN);
                var tunnels = new SshjTunnels();
                var tunnel = tunnels.connect(host.target(PATIENT, HASTY))) {
            var lost = new CompletableFuture<TunnelException.LinkLost>();
            tunnel.onLost(lost::complete);
            runsACommand(tunnel);
            host.link().cut();
            long since = System.nanoTime();
            String message = lost.get(20, TimeUnit.SECONDS).toString();
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
            assertTrue(message.endsWith("link lost: no sign of life for 2 s"), message);
            // One look sees what was heard before the cut, four hear nothing.
            assertTrue(took >= 1500, () -> "after " + took + " ms");
        }
    }

    @Test
    void deadlineOfTheHandshakeNamesWhatDidNotCome() throws Exception {
        try (var host = FarHost.behind(LinkShape.PLAIN.delayed(Duration.ofMillis(700)));
                var tunnels = new SshjTunnels()) {
            var late =
                    assertThrows(
                            TunnelException.HandshakeFailed.class,
                            () ->
                                    tunnels.connect(host.target(Duration.ofSeconds(4), KEEPALIVE))
                                            .close());
            assertTrue(
                    late.toString().matches(".*: the (key exchange|login) took longer than 4 s"),
                    late::toString);
        }
    }

    @Test
    void hostBehindACutIsUnreachable() throws Exception {
        try (var host = FarHost.behind(LinkShape.PLAIN);
                var tunnels = new SshjTunnels()) {
            host.link().cut();
            var unreachable =
                    assertThrows(
                            TunnelException.Unreachable.class,
                            () ->
                                    tunnels.connect(host.target(Duration.ofSeconds(1), KEEPALIVE))
                                            .close());
            assertTrue(
                    unreachable
                            .toString()
                            .matches(
                                    ".*: (no answer within|the TCP connection took longer than)"
                                            + " 1 s"),
                    unreachable::toString);
        }
    }
}
