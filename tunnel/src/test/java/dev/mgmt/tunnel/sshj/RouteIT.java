package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HandshakeFailed;
import dev.mgmt.tunnel.TunnelException.HostKeyChanged;
import dev.mgmt.tunnel.TunnelException.HostKeyUnknown;
import dev.mgmt.tunnel.TunnelException.LinkLost;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.TunnelException.Unreachable;
import dev.mgmt.tunnel.TunnelException.WayRefused;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.health.Keepalive;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways over other hosts and over commands, with a real sshd at every hop. */
@Timeout(120)
class RouteIT {
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();
    private final List<LoopbackSshd> servers = new ArrayList<>();
    @TempDir private Path directory = Path.of("");

    /** The platform keeps one socket for good from its first connection on. */
    @BeforeAll
    static void connectOnce() {
        LoopbackSshd.start().close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        tunnels.close();
        servers.forEach(LoopbackSshd::close);
        residue.check();
    }

    private LoopbackSshd server(String... config) {
        LoopbackSshd server = LoopbackSshd.start(config);
        servers.add(server);
        return server;
    }

    private static Target named(String name, Target target) {
        return Target.of(name, target.address(), target.port(), target.user())
                .as(target.user(), target.credentials())
                .trusting(target.trust());
    }

    /** The last is the target, the others are passed in this order. */
    private static Target way(List<Target> hosts) {
        Target at = hosts.getFirst();
        for (Target next : hosts.subList(1, hosts.size())) {
            at = next.by(new Route.Through(at));
        }
        return at;
    }

    private String says(Tunnel tunnel, String command) throws Exception {
        try (var process = tunnel.start(RemoteCommand.of("sh", "-c", command))) {
            String text = new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(new Ending.Exited(0), process.await(Duration.ofSeconds(10)));
            return text;
        }
    }

    private <E extends TunnelException> E failure(Class<E> kind, Target target) {
        return assertThrows(kind, () -> tunnels.connect(target));
    }

    private static void assertContains(String part, TunnelException failure) {
        String whole = String.valueOf(failure.getMessage());
        assertTrue(whole.contains(part), whole);
    }

    private static long connections(LoopbackSshd server) {
        return server.log().lines().filter(line -> line.contains("Connection from")).count();
    }

    private static HostKeyTrust otherKey(Path directory, LoopbackSshd server) throws IOException {
        Path other = directory.resolve("other");
        LoopbackSshd.generateKey(other, "-t", "ed25519");
        String line =
                "[127.0.0.1]:" + server.port() + " " + Files.readString(Path.of(other + ".pub"));
        return HostKeyTrust.strict(
                List.of(Files.writeString(directory.resolve("changed_hosts"), line)));
    }

    // --- jump hosts ---------------------------------------------------------------------------

    @Test
    void threeJumpHostsAreEachCheckedAndLoggedInTo() throws Exception {
        List<Target> hosts = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            hosts.add(named("hop" + i, server().target()));
        }
        Tunnel tunnel = tunnels.connect(way(hosts));

        String connection = says(tunnel, "echo $SSH_CONNECTION");
        assertTrue(connection.endsWith(" " + servers.get(3).port() + "\n"), connection);
        for (LoopbackSshd server : servers) {
            assertTrue(server.log().contains("Accepted publickey"), server::log);
        }
        assertEquals(
                "127.0.0.1:" + servers.get(3).port() + " through hop1, hop2, hop3",
                tunnel.target().where());
    }

    @Test
    void muchDataPassesAJumpHostInBothDirections() throws Exception {
        Target gw = named("gw", server().target());
        Tunnel tunnel = tunnels.connect(server().target().by(new Route.Through(gw)));
        byte[] sent = new byte[20_000_000];
        new java.util.Random(1).nextBytes(sent);
        try (var process = tunnel.start(RemoteCommand.of("cat"))) {
            Thread writer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (var in = process.stdin()) {
                                            in.write(sent);
                                        } catch (IOException e) {
                                            throw new java.io.UncheckedIOException(e);
                                        }
                                    });
            assertEquals(-1, java.util.Arrays.mismatch(sent, process.stdout().readAllBytes()));
            writer.join();
        }
    }

    @Test
    void hostsBehindOneJumpHostShareItsConnection() throws Exception {
        LoopbackSshd gateway = server("MaxStartups 1", "MaxSessions 1");
        Target gw = named("gw", gateway.target());
        Target target = server().target().by(new Route.Through(gw));
        long before = connections(gateway);
        Callable<Tunnel> connect = () -> tunnels.connect(target);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Tunnel> tunnel :
                    threads.invokeAll(java.util.Collections.nCopies(30, connect))) {
                assertEquals("hi\n", says(tunnel.get(), "echo hi"));
            }
        }
        assertEquals(before + 1, connections(gateway));
    }

    @Test
    void changedKeyOfAJumpHostEndsTheWayThere() throws Exception {
        LoopbackSshd first = server();
        LoopbackSshd second = server();
        Target gw1 = named("gw1", first.target());
        Target gw2 = named("gw2", second.target()).trusting(otherKey(directory, second));
        LoopbackSshd end = server();
        long before = connections(end);

        HostKeyChanged changed =
                failure(HostKeyChanged.class, way(List.of(gw1, gw2, end.target())));

        assertEquals("gw2", changed.hop().orElseThrow().name());
        assertFalse(second.log().contains("Accepted"), second::log);
        assertEquals(before, connections(end));
    }

    @Test
    void unknownKeyBehindAJumpHostIsTheTargetsOwnMatter() throws Exception {
        Target gw = named("gw", server().target());
        Target stranger = server().target().trusting(HostKeyTrust.strict(List.of()));

        HostKeyUnknown unknown = failure(HostKeyUnknown.class, stranger.by(new Route.Through(gw)));

        assertEquals(Optional.empty(), unknown.hop());
    }

    @Test
    void keyIsLookedUpUnderItsAlias() throws Exception {
        LoopbackSshd server = server();
        String key = Files.readString(server.directory().resolve("host_ed25519.pub"));
        Path file = Files.writeString(directory.resolve("known"), "web-alias " + key);
        HostKeyTrust trust = HostKeyTrust.strict(List.of(file));
        failure(HostKeyUnknown.class, server.target().trusting(trust));
        tunnels.connect(
                        server.target()
                                .trusting(
                                        new HostKeyTrust(
                                                trust.policy(),
                                                trust.own(),
                                                List.of(),
                                                Optional.of("web-alias"),
                                                HostKeyTrust.Names.PLAIN)))
                .close();
    }

    @Test
    void loginRefusedByAJumpHostNamesIt() {
        Target gw = named("gw", server().target()).as("no-such-user", List.of());
        LoginRefused refused =
                failure(LoginRefused.class, server().target().by(new Route.Through(gw)));
        assertEquals("gw", refused.hop().orElseThrow().name());
    }

    @Test
    void jumpHostThatForwardsNothingSaysSo() {
        Target gw = named("gw", server("AllowTcpForwarding no").target());
        WayRefused refused = failure(WayRefused.class, server().target().by(new Route.Through(gw)));
        assertContains("the jump host gw forwards no connection there", refused);
        assertContains("AllowTcpForwarding", refused);
        assertEquals(Optional.empty(), refused.hop());
    }

    @Test
    void hostThatAJumpHostCannotReachIsUnreachableInItsWords() throws Exception {
        Target gw = named("gw", server().target());
        int closed;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = probe.getLocalPort();
        }
        Target target = server().target();
        Unreachable unreachable =
                failure(
                        Unreachable.class,
                        target.at("127.0.0.1", closed).by(new Route.Through(gw)));
        assertContains("127.0.0.1:" + closed + " through gw: the jump host gw cannot", unreachable);
        assertContains("Connection refused", unreachable);
    }

    @Test
    void deadJumpHostIsNamed() {
        LoopbackSshd gateway = server();
        Target gw = named("gw", gateway.target());
        gateway.kill();
        Unreachable unreachable =
                failure(Unreachable.class, server().target().by(new Route.Through(gw)));
        assertEquals("gw", unreachable.hop().orElseThrow().name());
    }

    @Test
    void connectTimeoutHoldsBehindAJumpHostToo() throws Exception {
        Target gw = named("gw", server().target());
        // Accepts, and never says a word.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Target target =
                    server().target()
                            .at("127.0.0.1", silent.getLocalPort())
                            .within(Duration.ofSeconds(1), Keepalive.USUAL)
                            .by(new Route.Through(gw));
            long start = System.nanoTime();
            HandshakeFailed failed = failure(HandshakeFailed.class, target);
            assertContains("took longer than 1 s", failed);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            assertTrue(seconds < 30, () -> seconds + " s");
        }
    }

    @Test
    void lossOfAJumpHostIsALossThroughItAndTheNextConnectionIsMadeAnew() throws Exception {
        LoopbackSshd gateway = server();
        Target gw = named("gw", gateway.target());
        Target target = server().target().by(new Route.Through(gw));
        BlockingQueue<LinkLost> losses = new ArrayBlockingQueue<>(2);
        Tunnel tunnel = tunnels.connect(target);
        tunnel.onLost(losses::add);

        gateway.kill();

        LinkLost loss = losses.poll(30, TimeUnit.SECONDS);
        assertContains("through gw: link lost", java.util.Objects.requireNonNull(loss));
        assertContains("the connection to the jump host was lost", loss);
        gateway.restart();
        assertEquals("hi\n", says(tunnels.connect(target), "echo hi"));
    }

    @Test
    void closingEverythingIsNoLoss() throws Exception {
        Target gw = named("gw", server().target());
        BlockingQueue<LinkLost> losses = new ArrayBlockingQueue<>(2);
        tunnels.connect(server().target().by(new Route.Through(gw))).onLost(losses::add);
        tunnels.close();
        assertSame(null, losses.poll(500, TimeUnit.MILLISECONDS));
    }

    // --- commands -----------------------------------------------------------------------------

    private static Target by(String command, LoopbackSshd server) {
        return server.target().by(new Route.Command(command));
    }

    @Test
    void proxyCommandCarriesAConnectionAndEndsWithIt() throws Exception {
        LoopbackSshd server = server();
        String relay = "busybox nc 127.0.0.1 " + server.port();
        Tunnel tunnel = tunnels.connect(by(relay, server));
        assertEquals("hi\n", says(tunnel, "echo hi"));
        List<ProcessHandle> children =
                ProcessHandle.current().children().filter(RouteIT::isRelay).toList();
        assertEquals(1, children.size());
        tunnel.close();
        children.getFirst().onExit().get(10, TimeUnit.SECONDS);
    }

    private static boolean isRelay(ProcessHandle child) {
        return child.info().command().filter(name -> name.contains("busybox")).isPresent();
    }

    @Test
    void lastWordsOfAProxyCommandAreQuoted() {
        LoopbackSshd server = server();
        Unreachable unreachable =
                failure(Unreachable.class, by("sh -c 'echo no way >&2; exit 3'", server));
        assertContains("the ProxyCommand ended with 3: no way", unreachable);
    }

    @Test
    void proxyCommandThatSaysNothingIsEndedAtTheTimeout() {
        Target target = by("sleep 4711", server()).within(Duration.ofSeconds(3), Keepalive.USUAL);
        HandshakeFailed failed = failure(HandshakeFailed.class, target);
        assertContains("by its ProxyCommand", failed);
    }

    @Test
    void proxyCommandThatDiesIsALossWithItsReason() throws Exception {
        LoopbackSshd server = server();
        BlockingQueue<LinkLost> losses = new ArrayBlockingQueue<>(2);
        Tunnel tunnel = tunnels.connect(by("busybox nc 127.0.0.1 " + server.port(), server));
        tunnel.onLost(losses::add);
        ProcessHandle.current()
                .children()
                .filter(RouteIT::isRelay)
                .forEach(ProcessHandle::destroyForcibly);
        LinkLost loss = losses.poll(30, TimeUnit.SECONDS);
        assertContains("the ProxyCommand ended with 137", java.util.Objects.requireNonNull(loss));
    }
}
