package dev.mgmt.remote.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import dev.mgmt.engine.world.etcd.EtcdProcess;
import dev.mgmt.remote.local.SeededStore.Search;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeededStoreIT {
    private static final String EXPORT = "/_mgmt/exports/h2/file/f";

    @TempDir Path directory = Path.of("");

    /** Any revision of a store that can be reached. */
    private static final long EVERYTHING = Long.MAX_VALUE - 1;

    private final List<String> remarks = new CopyOnWriteArrayList<>();

    @Test
    void anExportOfOneIsSeenByAnother() throws Exception {
        try (LocalStore first = LocalStore.open("h1");
                SeededStore second = open(seed(first.listen(anyPort(), _ -> {})))) {
            assertEquals(1, first.visitors());
            await("the store was read", () -> knows(second, 0));
            second.world().commit(Transaction.of(new Write.Put(EXPORT, "text", 0)));
            long revision = first.world().read(EXPORT).entries().getFirst().revision();
            await("the change is known", () -> !knows(second, revision - 1));
            await("it is known here, too", () -> !knows(first, revision - 1));
            assertTrue(knows(second, revision));
            assertTrue(knows(first, revision));
        }
    }

    @Test
    void visitorsThatLeaveAreNotCounted() throws Exception {
        try (LocalStore first = LocalStore.open("h1")) {
            try (SeededStore second = open(seed(first.listen(anyPort(), _ -> {})))) {
                await("the store was read", () -> knows(second, 0));
                assertEquals(1, first.visitors());
            }
            await("the visitor has left", () -> first.visitors() == 0);
        }
    }

    @Test
    void oneRunMayBeTheSeedOfAnotherThoughTheStoreIsElsewhere() throws Exception {
        try (LocalStore first = LocalStore.open("h1")) {
            Seed store = seed(first.listen(anyPort(), _ -> {}));
            try (SeededStore second = open(store)) {
                Seed door = seed(second.passOn(anyPort(), List.of(store)));
                try (SeededStore third = open(door)) {
                    assertEquals(1, second.visitors());
                    third.world().commit(Transaction.of(new Write.Put(EXPORT, "text", 0)));
                }
                assertEquals("text", first.world().read(EXPORT).entries().getFirst().value());
                await("the visitor has left", () -> second.visitors() == 0);
            }
        }
    }

    @Test
    void aStoreThatComesBackEmptyGetsBackWhatWasPutByUs() throws Exception {
        InetSocketAddress address;
        SeededStore store;
        try (LocalStore first = LocalStore.open("h1")) {
            address = first.listen(anyPort(), _ -> {});
            store = open(seed(address));
            for (int i = 0; i < 250; i++) {
                store.world().commit(Transaction.of(new Write.Put(EXPORT + i, "v" + i, 0)));
            }
            store.world().commit(Transaction.of(new Write.Delete(EXPORT + 7)));
            await("the store was read", () -> knows(store, EVERYTHING));
        }
        await("the loss is noticed", () -> !knows(store, EVERYTHING));
        // A call may still be on its way over the connection that was lost.
        await("the seeds are asked again", () -> lossOf(store).startsWith("no store answers at "));
        try (LocalStore again = LocalStore.open("h1");
                store) {
            again.listen(address, _ -> {});
            List<Entry> entries = store.world().read("/_mgmt/exports/h2/").entries();
            assertEquals(249, entries.size());
            assertFalse(entries.stream().anyMatch(entry -> entry.key().equals(EXPORT + 7)));
            await("exports are watched again", () -> knows(store, EVERYTHING));
            assertEquals("the store answers again", remarks.getLast());
            assertTrue(
                    remarks.get(remarks.size() - 2).startsWith("the store is out of reach"),
                    remarks::toString);
        }
    }

    @Test
    void theNextSeedIsTakenWhenOneIsGone() throws Exception {
        try (LocalStore other = LocalStore.open("h3")) {
            Seed gone = seed(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort()));
            try (SeededStore store = open(gone, seed(other.listen(anyPort(), _ -> {})))) {
                assertEquals(List.of(), store.world().read(EXPORT).entries());
            }
        }
    }

    @Test
    void aStoreThatNeverAnswersIsGivenUpInTimeAndTheReasonIsTold() throws Exception {
        Seed nobody = seed(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort()));
        WorldException never = assertThrows(WorldException.class, () -> open(nobody));
        assertEquals("no store answers at " + nobody + ": Connection refused", never.getMessage());
        assertEquals(1, remarks.size());
    }

    @Test
    void whatIsNoStoreIsNotTakenForOne() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                while (!mute.isClosed()) {
                                    try (Socket client = mute.accept()) {
                                        client.getOutputStream()
                                                .write(
                                                        "220 mail\r\n"
                                                                .getBytes(
                                                                        StandardCharsets.US_ASCII));
                                    } catch (IOException closed) {
                                        return;
                                    }
                                }
                            });
            Seed wrong =
                    seed(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), mute.getLocalPort()));
            assertThrows(WorldException.class, () -> open(wrong));
        }
    }

    @Test
    void anEtcdThatAsksForAPasswordGetsIt() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start(directory)) {
            String endpoint = "127.0.0.1:" + port(etcd);
            etcdctl(endpoint, "user", "add", "root:secret");
            etcdctl(endpoint, "user", "grant-role", "root", "root");
            etcdctl(endpoint, "auth", "enable");

            try (SeededStore store = open(Seed.of("http://root:secret@" + endpoint))) {
                store.world().commit(Transaction.of(new Write.Put(EXPORT, "text", 0)));
                assertEquals("text", store.world().read(EXPORT).entries().getFirst().value());
                await("exports are watched", () -> knows(store, EVERYTHING) && !knows(store, 1));
            }
            WorldException wrong =
                    assertThrows(
                            WorldException.class,
                            () -> open(Seed.of("http://root:no@" + endpoint)));
            assertEquals(Durability.PERMANENT, wrong.durability());
            assertTrue(
                    String.valueOf(wrong.getMessage()).contains("logging in as root"),
                    wrong::getMessage);
            WorldException without =
                    assertThrows(WorldException.class, () -> open(Seed.of("http://" + endpoint)));
            assertEquals(Durability.PERMANENT, without.durability());
        }
    }

    @Test
    void anEtcdBehindTlsIsTrustedByItsAuthority() throws Exception {
        try (TlsEtcd etcd = TlsEtcd.start(directory)) {
            Search trusting = search(Optional.of(etcd.authority()), Seed.of(etcd.url()));
            try (SeededStore store = SeededStore.open(trusting, remarks::add, () -> {})) {
                store.world().commit(Transaction.of(new Write.Put(EXPORT, "text", 0)));
                await("exports are watched", () -> knows(store, EVERYTHING) && !knows(store, 1));
            }
            WorldException stranger =
                    assertThrows(WorldException.class, () -> open(Seed.of(etcd.url())));
            assertTrue(
                    String.valueOf(stranger.getMessage()).contains("PKIX"), stranger::getMessage);
        }
    }

    @Test
    void aPasswordIsNeverShown() {
        Seed seed = Seed.of("https://me:secret@[::1]:2479");
        assertEquals("https://[::1]:2479", seed.toString());
        assertFalse(seed.account().toString().contains("secret"));
    }

    private static String lossOf(SeededStore store) throws InterruptedException {
        WorldException lost =
                assertThrows(WorldException.class, () -> store.world().read(EXPORT + 1));
        assertEquals(Durability.TRANSIENT, lost.durability());
        return String.valueOf(lost.getMessage());
    }

    private SeededStore open(Seed... seeds) throws WorldException, InterruptedException {
        return SeededStore.open(search(Optional.empty(), seeds), remarks::add, () -> {});
    }

    private static Search search(Optional<Path> authority, Seed... seeds) {
        return new Search(List.of(seeds), authority, Duration.ofSeconds(5));
    }

    private static Seed seed(InetSocketAddress address) {
        return Seed.of("http://127.0.0.1:" + address.getPort());
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int port(EtcdProcess etcd) throws IOException {
        try (Socket socket = etcd.connect()) {
            return socket.getPort();
        }
    }

    private interface Fact {
        boolean holds() throws InterruptedException;
    }

    private static void await(String what, Fact fact) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!fact.holds()) {
            assertTrue(System.nanoTime() < end, "waited in vain: " + what);
            Thread.sleep(5);
        }
    }

    private static void etcdctl(String endpoint, String... args)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("etcdctl", "--endpoints", endpoint));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /** Whether exports up to this revision are all there are, as far as the store knows. */
    private static boolean knows(RunStore store, long revision) {
        return store.isSeenBy(
                new EngineStatus(
                        1,
                        revision,
                        EVERYTHING + 1,
                        EngineStatus.Phase.IDLE,
                        0,
                        new EngineStatus.Counts(0, 0, 0, 0, 0, 0),
                        List.of(),
                        List.of()));
    }
}
