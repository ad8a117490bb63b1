package dev.mgmt.engine.world.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Commit;
import dev.mgmt.engine.world.World.Condition;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import dev.mgmt.engine.world.grpc.Channel;
import dev.mgmt.engine.world.http2.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EtcdWorldIT {
    @TempDir private static Path directory;
    private static EtcdProcess etcd;

    private World world;

    /** Each test's own folder. */
    private String folder;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start(directory);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        folder = "/_mgmt/" + test.getTestMethod().orElseThrow().getName() + "/";
        world = EtcdWorld.over(etcd.connect());
    }

    /** No thread of the world may outlive it by more than a moment. */
    @AfterEach
    void closeAndExpectNoThread() throws Exception {
        world.close();
        Set<String> names = Set.of("store-reader", "store-watch", "store-heart");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (names.contains(thread.getName())) {
                thread.join(Duration.ofSeconds(5));
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }

    private Commit put(String name, String value) throws WorldException, InterruptedException {
        return world.commit(Transaction.of(new Write.Put(folder + name, value, 0)));
    }

    /** What a watch was told, a word each. */
    private static final class Heard implements World.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void changed(long revision, List<Change> changes) {
            StringBuilder text = new StringBuilder();
            for (Change change : changes) {
                String name = change.key().substring(change.key().lastIndexOf('/') + 1);
                text.append(text.isEmpty() ? "" : " ");
                switch (change) {
                    case Change.Put(Entry entry) -> {
                        assertEquals(revision, entry.revision());
                        text.append(name).append('=').append(entry.value());
                    }
                    case Change.Deleted _ -> text.append('-').append(name);
                }
            }
            events.add(text.toString());
        }

        @Override
        public void ended(WorldException cause) {
            events.add("ended " + cause.durability() + " " + cause.getMessage());
        }

        String next() throws InterruptedException {
            return String.valueOf(events.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void readsWhatIsBelowAPrefixAndNothingElse() throws Exception {
        put("a", "1");
        Commit last = put("b", "grün");
        String beside = folder.substring(0, folder.length() - 1) + "0";
        world.commit(Transaction.of(new Write.Put(beside, "2", 0)));
        World.Snapshot all = world.read(folder);
        assertEquals(List.of(folder + "a", folder + "b"), keys(all));
        assertEquals("grün", all.entries().getLast().value());
        assertEquals(last.revision(), all.entries().getLast().revision());
        assertEquals(List.of(folder + "a"), keys(world.read(folder + "a")));
        assertEquals(List.of(), keys(world.read(folder + "none/")));
        assertTrue(world.read("").entries().size() >= 3);
    }

    private static List<String> keys(World.Snapshot snapshot) {
        List<String> keys = new ArrayList<>();
        for (Entry entry : snapshot.entries()) {
            keys.add(entry.key());
        }
        return keys;
    }

    @Test
    void aTransactionHappensIfItsConditionsHoldAndNotOtherwise() throws Exception {
        Condition absent = new Condition(folder + "a", 0);
        Write write = new Write.Put(folder + "a", "1", 0);
        Commit first = world.commit(new Transaction(List.of(absent), List.of(write)));
        assertTrue(first.applied());
        Commit second = world.commit(new Transaction(List.of(absent), List.of(write)));
        assertFalse(second.applied());
        assertEquals(first.revision(), world.read(folder).entries().getFirst().revision());
        Condition unchanged = new Condition(folder + "a", first.revision());
        Write delete = new Write.Delete(folder + "a");
        assertTrue(world.commit(new Transaction(List.of(unchanged), List.of(delete))).applied());
        assertEquals(List.of(), keys(world.read(folder)));
    }

    @Test
    void aRefusedTransactionIsPermanent() {
        Write write = new Write.Put(folder + "a", "1", 0);
        WorldException twice =
                assertThrows(
                        WorldException.class, () -> world.commit(Transaction.of(write, write)));
        assertEquals(Durability.PERMANENT, twice.durability());
        assertEquals(
                "writing "
                        + folder
                        + "a and 1 more: etcdserver: duplicate key given in txn request",
                twice.getMessage());
        Write leased = new Write.Put(folder + "a", "1", 4711);
        WorldException noLease =
                assertThrows(WorldException.class, () -> world.commit(Transaction.of(leased)));
        assertEquals(Durability.PERMANENT, noLease.durability());
    }

    @Test
    void aWatchTellsThePastAndThePresentARevisionAtATime() throws Exception {
        Commit first = put("a", "1");
        put("b", "2");
        Heard heard = new Heard();
        try (World.Subscription _ = world.watch(folder, first.revision(), heard)) {
            world.commit(
                    Transaction.of(
                            new Write.Put(folder + "c", "3", 0), new Write.Delete(folder + "a")));
            assertEquals("a=1", heard.next());
            assertEquals("b=2", heard.next());
            assertEquals("c=3 -a", heard.next());
        }
    }

    @Test
    void watchesDoNotMixAndAClosedOneIsSilent() throws Exception {
        long from = put("start", "").revision() + 1;
        Heard one = new Heard();
        Heard two = new Heard();
        World.Subscription first = world.watch(folder + "one/", from, one);
        World.Subscription second = world.watch(folder + "two/", from, two);
        put("one/a", "1");
        put("two/a", "2");
        assertEquals("a=1", one.next());
        assertEquals("a=2", two.next());
        first.close();
        first.close();
        put("one/b", "3");
        put("two/b", "4");
        assertEquals("b=4", two.next());
        assertTrue(one.events.isEmpty());
        second.close();
    }

    @Test
    void aListenerMayMakeCallsAndWatches() throws Exception {
        Heard inner = new Heard();
        long from = put("a", "1").revision();
        World.Listener outer =
                new World.Listener() {
                    @Override
                    public void changed(long revision, List<Change> changes) {
                        try {
                            world.watch(folder, world.read(folder).revision(), inner);
                        } catch (WorldException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }

                    @Override
                    public void ended(WorldException cause) {}
                };
        world.watch(folder, from, outer);
        assertEquals("a=1", inner.next());
    }

    @Test
    void aThousandRevisionsArriveInOrder() throws Exception {
        long from = put("start", "").revision() + 1;
        for (int i = 0; i < 1000; i++) {
            put("n", String.valueOf(i));
        }
        Heard heard = new Heard();
        world.watch(folder, from, heard);
        for (int i = 0; i < 1000; i++) {
            assertEquals("n=" + i, heard.next());
        }
    }

    @Test
    void aLeaseOutlivesItsTimeWhileItIsHeldAndTakesItsKeysAlong() throws Exception {
        World.Lease lease = world.lease(Duration.ofSeconds(5));
        world.commit(Transaction.of(new Write.Put(folder + "a", "1", lease.id())));
        Heard heard = new Heard();
        world.watch(folder, world.read(folder).revision() + 1, heard);
        assertEquals(null, heard.events.poll(8, TimeUnit.SECONDS));
        lease.close();
        lease.close();
        assertEquals("-a", heard.next());
        assertEquals(List.of(), keys(world.read(folder)));
    }

    @Test
    void aLeaseOfALostWorldEndsWhenItsTimeIsOver() throws Exception {
        Commit written;
        try (World lost = EtcdWorld.over(etcd.connect())) {
            World.Lease lease = lost.lease(Duration.ofSeconds(2));
            written = lost.commit(Transaction.of(new Write.Put(folder + "a", "1", lease.id())));
        }
        Heard heard = new Heard();
        world.watch(folder, written.revision() + 1, heard);
        assertEquals("-a", heard.next());
    }

    @Test
    void aWatchFromWhatWasForgottenEndsForGood() throws Exception {
        Commit first = put("a", "1");
        Commit second = put("a", "2");
        try (Connection connection = new Connection(etcd.connect())) {
            byte[] compaction = new MessageWriter().number(1, second.revision()).bytes();
            new Channel(connection, Duration.ofSeconds(10))
                    .ask("/etcdserverpb.KV/Compact", compaction);
        }
        Heard heard = new Heard();
        world.watch(folder, first.revision(), heard);
        assertEquals(
                "ended PERMANENT watching "
                        + folder
                        + ": changes before revision "
                        + second.revision()
                        + " are forgotten",
                heard.next());
        Heard fresh = new Heard();
        world.watch(folder, second.revision(), fresh);
        assertEquals("a=2", fresh.next());
    }

    @Test
    void fiveMegabytesGoThereAndBackAndThroughAWatch() throws Exception {
        long from = put("start", "").revision() + 1;
        Heard heard = new Heard();
        world.watch(folder, from, heard);
        String large = "x".repeat(5 << 20);
        put("large", large);
        assertEquals(large, world.read(folder + "large").entries().getFirst().value());
        assertEquals("large=" + large, heard.next());
        put("small", "1");
        assertEquals("small=1", heard.next());
    }

    @Test
    void tenThousandKeysAreReadAtOnceAndToldInOneCall() throws Exception {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            writes.add(new Write.Put(folder + "key" + i, "value", 0));
        }
        Commit commit = world.commit(new Transaction(List.of(), writes));
        assertEquals(10_000, world.read(folder).entries().size());
        Heard heard = new Heard();
        world.watch(folder, commit.revision(), heard);
        assertEquals(10_000, heard.next().split(" ").length);
    }

    @Test
    void manyCallersShareTheConnection() throws Exception {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String name = "caller" + i;
            callers.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            put(name, "1");
                                        } catch (WorldException | InterruptedException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(50, world.read(folder).entries().size());
    }

    @Test
    void afterTheEndEveryCallFailsAndMayBeTriedElsewhere() throws Exception {
        world.close();
        WorldException gone = assertThrows(WorldException.class, () -> world.read(folder));
        assertEquals(Durability.TRANSIENT, gone.durability());
        assertEquals("reading " + folder + ": the connection was closed", gone.getMessage());
    }

    @Test
    void aStoreThatDiesEndsEveryWatchOnce(@TempDir Path other) throws Exception {
        Heard one = new Heard();
        Heard two = new Heard();
        try (EtcdProcess mortal = EtcdProcess.start(other);
                World doomed = EtcdWorld.over(mortal.connect())) {
            doomed.watch(folder, 1, one);
            doomed.watch(folder + "two", 1, two);
            mortal.kill();
            assertTrue(one.next().startsWith("ended TRANSIENT watching " + folder + ": "));
            assertTrue(two.next().startsWith("ended TRANSIENT watching " + folder + "two: "));
            WorldException gone = assertThrows(WorldException.class, () -> doomed.read(folder));
            assertEquals(Durability.TRANSIENT, gone.durability());
        }
        assertTrue(one.events.isEmpty());
        assertTrue(two.events.isEmpty());
    }
}
