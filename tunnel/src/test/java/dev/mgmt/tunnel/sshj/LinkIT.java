package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.PeerFault;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HandshakeFailed;
import dev.mgmt.tunnel.TunnelException.LinkLost;
import dev.mgmt.tunnel.TunnelException.Unreachable;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.health.Keepalive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a link is not made, or ends. */
@Timeout(60)
class LinkIT {
    /** For who says nothing. */
    private static final Duration SHORT = Duration.ofMillis(600);

    /** For who says something and then nothing. */
    private static final Duration SOME = Duration.ofSeconds(3);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static LoopbackSshd server;
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();

    @BeforeAll
    static void startServer() {
        server = LoopbackSshd.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        tunnels.close();
        residue.check();
    }

    private static Target at(String address, int port) {
        Target target = server.target();
        return target.at(address, port).within(LONG, new Keepalive(Duration.ofMillis(200), 3));
    }

    /** Through a relay on another port, where the host's key has to be known too. */
    private Tunnel connectThrough(PeerFault fault) throws Exception {
        return connectThrough(fault, Duration.ofMillis(200));
    }

    private Tunnel connectThrough(PeerFault fault, Duration keepalive) throws Exception {
        String line = Files.readString(server.directory().resolve("host_ed25519.pub"));
        Files.writeString(
                server.knownHosts(),
                Files.readString(server.knownHosts()) + "[127.0.0.1]:" + fault.port() + " " + line);
        Target target = at("127.0.0.1", fault.port());
        return tunnels.connect(target.within(LONG, new Keepalive(keepalive, 3)));
    }

    private <E extends TunnelException> String failure(Class<E> kind, Target target) {
        return String.valueOf(assertThrows(kind, () -> tunnels.connect(target)).getMessage());
    }

    private static int closedPort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    // --- not made -----------------------------------------------------------------------------

    @Test
    void closedPortIsRefused() throws Exception {
        int port = closedPort();
        assertEquals(
                "127.0.0.1:" + port + ": connection refused",
                failure(Unreachable.class, at("127.0.0.1", port)));
    }

    @Test
    void everyAddressOfANameIsTried() throws Exception {
        int port = closedPort();
        String message = failure(Unreachable.class, at("localhost", port));
        assertTrue(message.startsWith("localhost:" + port + ": at "), message);
        assertTrue(message.contains("at 127.0.0.1: connection refused"), message);
    }

    @Test
    void unknownNameIsSaid() {
        assertEquals(
                "no-such-host.invalid:22: no such host name",
                failure(Unreachable.class, at("no-such-host.invalid", 22)));
    }

    @Test
    void serverThatSaysNothingHasItsTimeAndNoMore() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            Target target = at("127.0.0.1", silent.getLocalPort());
            String message =
                    failure(HandshakeFailed.class, target.within(SHORT, target.keepalive()));
            assertEquals(
                    "127.0.0.1:"
                            + silent.getLocalPort()
                            + ": the server's identification took longer than 0.6 s",
                    message);
            assertTrue(System.nanoTime() - start < LONG.toNanos());
        }
    }

    @Test
    void serverThatGoesSilentDuringKeyExchangeHasItsTimeAndNoMore() throws Exception {
        String message = answered("SSH-2.0-Tarpit\r\n");
        assertTrue(message.endsWith(": the key exchange took longer than 3 s"), message);
    }

    /** What connecting to a server says that sends this and then nothing, without closing. */
    private String answered(String greeting) throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Socket> accepted =
                    threads.submit(
                            () -> {
                                Socket client = listener.accept();
                                client.getOutputStream()
                                        .write(greeting.getBytes(StandardCharsets.UTF_8));
                                return client;
                            });
            Target target = at("127.0.0.1", listener.getLocalPort());
            String message =
                    failure(HandshakeFailed.class, target.within(SOME, target.keepalive()));
            accepted.get().close();
            return message;
        }
    }

    /** The same for one that closes after what it sends. */
    private String answeredAndClosed(String greeting) throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> served =
                    threads.submit(
                            () -> {
                                try (Socket client = listener.accept()) {
                                    client.getOutputStream()
                                            .write(greeting.getBytes(StandardCharsets.UTF_8));
                                }
                                return true;
                            });
            String message =
                    failure(HandshakeFailed.class, at("127.0.0.1", listener.getLocalPort()));
            assertTrue(served.get());
            return message;
        }
    }

    @Test
    void webServerIsNamedForWhatItSays() throws Exception {
        String message = answeredAndClosed("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertTrue(
                message.endsWith("no SSH server: it says \"HTTP/1.1 400 Bad Request\""), message);
    }

    @Test
    void endlessBabbleIsCutShort() throws Exception {
        String message = answered("x".repeat(100_000));
        assertTrue(message.contains("no SSH server: it says \"xxxx"), message);
    }

    @Test
    void serverThatClosesAtOnceIsPerhapsBusy() throws Exception {
        String message = answeredAndClosed("");
        assertTrue(message.contains("too many logins at once?"), message);
    }

    @Test
    void serverWithoutACommonAlgorithmIsExplained() {
        try (var odd = LoopbackSshd.start("Ciphers chacha20-poly1305@openssh.com")) {
            String message = failure(HandshakeFailed.class, odd.target());
            assertTrue(message.contains("no algorithm in common"), message);
            assertTrue(message.contains("chacha20-poly1305@openssh.com"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KexAlgorithms ecdh-sha2-nistp256",
                "KexAlgorithms ecdh-sha2-nistp521",
                "KexAlgorithms diffie-hellman-group16-sha512",
                "KexAlgorithms diffie-hellman-group14-sha256",
                "Ciphers aes256-gcm@openssh.com",
                "Ciphers aes128-ctr",
                "Ciphers aes256-ctr",
            })
    void serverThatAllowsOnlyOneOfOurAlgorithmsIsReached(String restriction) throws Exception {
        try (var choosy = LoopbackSshd.start(restriction);
                var tunnel = tunnels.connect(choosy.target());
                var process = tunnel.start(RemoteCommand.of("true"))) {
            assertEquals(new Ending.Exited(0), process.await(LONG));
        }
    }

    @Test
    void connectionCutDuringTheHandshakeIsSaid() throws Exception {
        try (var fault = PeerFault.before(server.port())) {
            fault.truncateAfter(500);
            assertThrows(HandshakeFailed.class, () -> connectThrough(fault));
        }
    }

    @Test
    void interruptEndsConnecting() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Target patient = at("127.0.0.1", silent.getLocalPort());
            BlockingQueue<Class<?>> ends = new LinkedBlockingQueue<>();
            Thread connecting =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            tunnels.connect(patient).close();
                                        } catch (TunnelException | InterruptedException e) {
                                            ends.add(e.getClass());
                                        }
                                    });
            silent.accept().close();
            connecting.interrupt();
            connecting.join();
            Class<?> end = ends.take();
            assertTrue(end == InterruptedException.class || end == HandshakeFailed.class);
        }
    }

    // --- lost ---------------------------------------------------------------------------------

    @Test
    void cutLinkIsNoticedAtOnceAndEndsTheCommand() throws Exception {
        try (var fault = PeerFault.before(server.port());
                var tunnel = connectThrough(fault);
                var process = tunnel.start(RemoteCommand.of("sleep", "30"))) {
            BlockingQueue<LinkLost> losses = new LinkedBlockingQueue<>();
            tunnel.onLost(losses::add);
            fault.cut();
            LinkLost loss = losses.poll(3, TimeUnit.SECONDS);
            assertTrue(loss != null && loss.isTransient());
            assertEquals(new Ending.Vanished(), process.await(LONG));
            assertThrows(IOException.class, () -> process.stdout().read());
            assertThrows(IOException.class, () -> process.stdin().write(1));
            assertThrows(LinkLost.class, () -> tunnel.start(RemoteCommand.of("true")));
            assertNull(losses.poll(300, TimeUnit.MILLISECONDS), "told twice");
        }
    }

    @Test
    void lateListenerIsToldToo() throws Exception {
        try (var fault = PeerFault.before(server.port());
                var tunnel = connectThrough(fault)) {
            BlockingQueue<LinkLost> losses = new LinkedBlockingQueue<>();
            tunnel.onLost(losses::add);
            fault.cut();
            losses.take();
            tunnel.onLost(losses::add);
            assertTrue(losses.poll(3, TimeUnit.SECONDS) != null);
        }
    }

    @Test
    void silentLinkIsLostAfterThreeKeepalives() throws Exception {
        try (var fault = PeerFault.before(server.port());
                var tunnel = connectThrough(fault);
                var process = tunnel.start(RemoteCommand.of("sleep", "30"))) {
            BlockingQueue<LinkLost> losses = new LinkedBlockingQueue<>();
            tunnel.onLost(losses::add);
            fault.stall();
            LinkLost loss = losses.poll(5, TimeUnit.SECONDS);
            assertTrue(loss != null, "not noticed");
            assertTrue(String.valueOf(loss.getMessage()).contains("no sign of life for 0.8 s"));
            assertEquals(new Ending.Vanished(), process.await(LONG));
        }
    }

    @Test
    void idleLinkIsKeptByKeepalives() throws Exception {
        try (var fault = PeerFault.before(server.port());
                var tunnel = connectThrough(fault, Duration.ofSeconds(1))) {
            BlockingQueue<LinkLost> losses = new LinkedBlockingQueue<>();
            tunnel.onLost(losses::add);
            assertNull(losses.poll(5, TimeUnit.SECONDS));
            try (var process = tunnel.start(RemoteCommand.of("true"))) {
                assertEquals(new Ending.Exited(0), process.await(LONG));
            }
        }
    }

    @Test
    void slowLinkIsNoLostLink() throws Exception {
        try (var fault = PeerFault.before(server.port())) {
            fault.delay(Duration.ofMillis(50));
            try (var tunnel = connectThrough(fault, Duration.ofSeconds(1));
                    var process = tunnel.start(RemoteCommand.of("true"))) {
                assertEquals(new Ending.Exited(0), process.await(LONG));
            }
        }
    }

    @Test
    void writerThatTheNetworkHoldsUpIsFreedWhenTheTunnelIsClosed() throws Exception {
        try (var fault = PeerFault.before(server.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Tunnel tunnel = connectThrough(fault);
            var process = tunnel.start(RemoteCommand.of("cat"));
            fault.stall();
            Future<Boolean> writer =
                    threads.submit(
                            () -> {
                                process.stdin().write(new byte[64 * 1024 * 1024]);
                                return true;
                            });
            Thread.sleep(300);
            long start = System.nanoTime();
            tunnel.close();
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
            assertThrows(Exception.class, writer::get);
        }
    }

    @Test
    void hostThatDiesIsALostLink() throws Exception {
        try (var dying = LoopbackSshd.start();
                var tunnel = tunnels.connect(dying.target())) {
            BlockingQueue<LinkLost> losses = new LinkedBlockingQueue<>();
            tunnel.onLost(losses::add);
            dying.kill();
            assertTrue(losses.poll(3, TimeUnit.SECONDS) != null);
            dying.restart();
            tunnels.connect(dying.target()).close();
        }
    }

    @Test
    void closingFromHereIsNoLoss() throws Exception {
        BlockingQueue<LinkLost> losses = new LinkedBlockingQueue<>();
        Tunnel tunnel = tunnels.connect(server.target());
        tunnel.onLost(losses::add);
        tunnel.close();
        tunnel.close();
        assertNull(losses.poll(300, TimeUnit.MILLISECONDS));
        assertThrows(LinkLost.class, () -> tunnel.start(RemoteCommand.of("true")));
    }

    @Test
    void closingTheTunnelsClosesEachOfThem() throws Exception {
        List<Tunnel> open =
                List.of(tunnels.connect(server.target()), tunnels.connect(server.target()));
        tunnels.close();
        for (Tunnel tunnel : open) {
            assertThrows(LinkLost.class, () -> tunnel.start(RemoteCommand.of("true")));
        }
    }
}
