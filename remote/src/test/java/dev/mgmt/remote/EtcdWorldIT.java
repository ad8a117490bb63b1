package dev.mgmt.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Condition;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import dev.mgmt.engine.world.etcd.EtcdWorld;
import dev.mgmt.tunnel.LeftThreads;
import dev.mgmt.tunnel.etcd.EmbeddedStore;
import dev.mgmt.tunnel.etcd.Rights;
import dev.mgmt.tunnel.etcd.ServedConnection;
import dev.mgmt.tunnel.etcd.StoreAccess.Put;
import dev.mgmt.tunnel.etcd.StoreServer;
import dev.mgmt.tunnel.etcd.Visitor;
import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine's client and the laptop's store, joined by two byte streams as over SSH. */
@Timeout(30)
class EtcdWorldIT {
    private static final Rights OWN =
            new Rights(List.of("/_mgmt/hosts/h1/graph", "/own/"), List.of("/own/"));

    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private final List<World> worlds = new ArrayList<>();
    private Link link;
    private World world;

    @BeforeEach
    void connect() throws IOException {
        link = connect(Rights.ALL);
        world = link.world();
    }

    @AfterEach
    void leavesNoThreadBehind() throws Exception {
        worlds.forEach(World::close);
        server.close();
        store.close();
        assertEquals(List.of(), LeftThreads.named("world-", "store-"));
    }

    private record Link(World world, Socket far, ServedConnection served) {}

    private Link connect(Rights rights) throws IOException {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var near = new Socket(door.getInetAddress(), door.getLocalPort());
            var far = door.accept();
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var visitor =
                    new Visitor("h1", () -> rights, violation -> violations.add(violation.deed()));
            var served = server.serve(streams(far), visitor);
            var opened = EtcdWorld.over(streams(near));
            worlds.add(opened);
            return new Link(opened, far, served);
        }
    }

    private static Socket streams(Socket socket) throws IOException {
        return StreamSocket.over(socket.getInputStream(), socket.getOutputStream(), "test", socket);
    }

    private void storePut(String key, String value) {
        store.write(List.of(new Put(key, Optional.of(value))));
    }

    @Test
    void readsAFolderAndAKeyWithItsRevision() throws Exception {
        storePut("/a/1", "one");
        storePut("/a/2", "two");
        storePut("/a0", "beside");
        var folder = world.read("/a/");
        assertEquals(4, folder.revision());
        assertEquals(
                List.of(new Entry("/a/1", "one", 2), new Entry("/a/2", "two", 3)),
                folder.entries());
        assertEquals(List.of(new Entry("/a/1", "one", 2)), world.read("/a/1").entries());
        assertEquals(3, world.read("").entries().size());
        assertEquals(List.of(), world.read("/a").entries());
    }

    @Test
    void commitsAllOrNothing() throws Exception {
        var written =
                world.commit(
                        Transaction.of(new Write.Put("/x", "ü", 0), new Write.Put("/y", "", 0)));
        assertEquals(new World.Commit(true, 2), written);
        var refused =
                world.commit(
                        new Transaction(
                                List.of(new Condition("/x", 2), new Condition("/z", 7)),
                                List.of(new Write.Delete("/x"))));
        assertFalse(refused.applied());
        var replaced =
                world.commit(
                        new Transaction(
                                List.of(new Condition("/x", 2), new Condition("/z", 0)),
                                List.of(new Write.Delete("/x"), new Write.Put("/z", "z", 0))));
        assertEquals(new World.Commit(true, 3), replaced);
        assertEquals(
                List.of(new Entry("/y", "", 2), new Entry("/z", "z", 3)),
                world.read("/").entries().stream().toList());
    }

    @Test
    void watchTellsThePastThenThePresentEachRevisionAtOnce() throws Exception {
        storePut("/w/1", "past");
        var heard = new Heard();
        try (var _ = world.watch("/w/", 1, heard)) {
            assertEquals("2 [Put[entry=Entry[key=/w/1, value=past, revision=2]]]", heard.next());
            store.write(
                    List.of(
                            new Put("/w/2", Optional.of("b")),
                            new Put("/elsewhere", Optional.of("c")),
                            new Put("/w/1", Optional.empty())));
            assertEquals(
                    "3 [Put[entry=Entry[key=/w/2, value=b, revision=3]], Deleted[key=/w/1]]",
                    heard.next());
        }
    }

    @Test
    void watchFromZeroHearsOnlyWhatComesAfterIt() throws Exception {
        storePut("/w/1", "past");
        var heard = new Heard();
        try (var _ = world.watch("/w/1", 0, heard)) {
            storePut("/w/10", "another key");
            storePut("/w/1", "now");
            assertEquals("4 [Put[entry=Entry[key=/w/1, value=now, revision=4]]]", heard.next());
        }
    }

    @Test
    void manyWatchesShareTheConnectionAndCloseOneByOne() throws Exception {
        var first = new Heard();
        var second = new Heard();
        var closed = world.watch("/w/", 0, first);
        try (var _ = world.watch("/w/", 0, second)) {
            storePut("/w/1", "a");
            first.next();
            second.next();
            closed.close();
            storePut("/w/1", "b");
            assertTrue(second.next().startsWith("3 "));
            world.read("/");
            assertTrue(first.isSilent());
        }
    }

    @Test
    void watchThatFellBehindTheHistoryEndsForGood() throws Exception {
        for (int i = 0; i < 10_002; i++) {
            storePut("/w/1", "a");
        }
        var heard = new Heard();
        var _ = world.watch("/w/", 2, heard);
        assertEquals("ended PERMANENT", heard.next());
    }

    @Test
    void leaseOutlivesItsTimeWhileKeptAndEndsWithItsKeysWhenClosed() throws Exception {
        var lease = world.lease(Duration.ofSeconds(5));
        world.commit(Transaction.of(new Write.Put("/l", "v", lease.id())));
        TimeUnit.SECONDS.sleep(7);
        assertEquals(1, world.read("/l").entries().size());
        var heard = new Heard();
        try (var _ = world.watch("/l", 0, heard)) {
            lease.close();
            assertEquals("3 [Deleted[key=/l]]", heard.next());
        }
    }

    @Test
    void leaseEndsAtOnceWhenTheServedConnectionIsClosed() throws Exception {
        var lease = world.lease(Duration.ofSeconds(60));
        world.commit(Transaction.of(new Write.Put("/l", "v", lease.id())));
        var ended = new CountDownLatch(1);
        try (var _ = store.watch("/l", 0, (_, _) -> ended.countDown())) {
            link.served().close();
            assertTrue(ended.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void lostLinkEndsWatchesAndFailsCallsAsTransient() throws Exception {
        var heard = new Heard();
        var _ = world.watch("/w/", 0, heard);
        link.far().close();
        assertEquals("ended TRANSIENT", heard.next());
        var failure = assertThrows(WorldException.class, () -> world.read("/"));
        assertEquals(Durability.TRANSIENT, failure.durability());
        assertEquals("reading /: the connection was closed by the other end", failure.getMessage());
        assertThrows(WorldException.class, () -> world.watch("/w/", 0, heard));
        assertThrows(WorldException.class, () -> world.lease(Duration.ofSeconds(5)));
    }

    @Test
    void closedWorldFailsCallsAndTellsItsWatchesNothing() throws Exception {
        var heard = new Heard();
        var _ = world.watch("/w/", 0, heard);
        world.close();
        assertThrows(WorldException.class, () -> world.read("/"));
        assertTrue(heard.isSilent());
    }

    @Test
    void closingClosesTheSocketEvenIfItWasNeverUsedOrNobodyReads() throws Exception {
        try (var door = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                var unused = new Socket(door.getInetAddress(), door.getLocalPort());
                var stuck = new Socket(door.getInetAddress(), door.getLocalPort());
                var _ = door.accept();
                var _ = door.accept()) {
            EtcdWorld.over(unused).close();
            assertTrue(unused.isClosed());
            var full = EtcdWorld.over(stuck);
            var ended = new CountDownLatch(1);
            var big = new Write.Put("/", "x".repeat(32 << 20), 0);
            var writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        assertThrows(
                                                WorldException.class,
                                                () -> full.commit(Transaction.of(big)));
                                        ended.countDown();
                                    });
            TimeUnit.MILLISECONDS.sleep(200);
            full.close();
            assertTrue(ended.await(5, TimeUnit.SECONDS));
            assertTrue(stuck.isClosed());
            writer.join();
        }
    }

    @Test
    void interruptedCallStopsWaiting() throws Exception {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var near = new Socket(door.getInetAddress(), door.getLocalPort());
                var _ = door.accept();
                var mute = EtcdWorld.over(near)) {
            var interrupted = new CountDownLatch(1);
            var reader =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            mute.read("/");
                                        } catch (InterruptedException _) {
                                            interrupted.countDown();
                                        } catch (WorldException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            TimeUnit.MILLISECONDS.sleep(100);
            reader.interrupt();
            assertTrue(interrupted.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void whatTheGateForbidsIsPermanentAndReported() throws Exception {
        var guest = connect(OWN).world();
        storePut("/_mgmt/hosts/h1/graph", "g");
        assertEquals(1, guest.read("/_mgmt/hosts/h1/graph").entries().size());
        assertEquals(List.of(), guest.read("/own/").entries());
        for (var forbidden : List.of("", "/", "/_mgmt/hosts/h1/", "/_mgmt/hosts/h2/graph")) {
            var failure = assertThrows(WorldException.class, () -> guest.read(forbidden));
            assertEquals(Durability.PERMANENT, failure.durability());
            assertTrue(failure.toString().contains("etcdserver: permission denied"));
        }
        var refused = assertThrows(WorldException.class, () -> guest.watch("/", 0, new Heard()));
        assertEquals(Durability.PERMANENT, refused.durability());
        // The first is told at once, how many there were when the link ends.
        assertEquals(List.of("h1 tried to read everything from '\0'"), List.copyOf(violations));
    }

    @Test
    void slowListenerHoldsUpNobodyElse() throws Exception {
        var release = new CountDownLatch(1);
        var slow =
                new Heard() {
                    @Override
                    public void changed(long revision, List<Change> changes) {
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                };
        var other = connect(Rights.ALL).world();
        var heard = new Heard();
        try (var _ = world.watch("/w/", 0, slow);
                var _ = other.watch("/w/", 0, heard)) {
            var big = "x".repeat(100_000);
            for (int i = 0; i < 200; i++) {
                storePut("/w/" + i, big);
                heard.next();
            }
            assertEquals(200, world.read("/w/").entries().size());
            release.countDown();
        }
    }

    private static class Heard implements World.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void changed(long revision, List<Change> changes) {
            heard.add(revision + " " + changes);
        }

        @Override
        public void ended(WorldException cause) {
            heard.add("ended " + cause.durability());
        }

        String next() throws InterruptedException {
            var next = heard.poll(10, TimeUnit.SECONDS);
            return next == null ? "nothing within 10 s" : next;
        }

        boolean isSilent() {
            return heard.isEmpty();
        }
    }
}
