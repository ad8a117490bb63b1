package dev.mgmt.engine.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Condition;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Snapshot;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class ProcessWorldTest {
    private final ProcessWorld world = new ProcessWorld();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final World.Listener listener =
            new World.Listener() {
                @Override
                public void changed(long revision, List<Change> changes) {
                    changes.forEach(change -> heard.add(revision + " " + change.key()));
                }

                @Override
                public void ended(WorldException cause) {
                    heard.add("ended");
                }
            };

    @Test
    void aFolderIsReadWholeAndAKeyAlone() {
        world.commit(Transaction.of(put("/a/1"), put("/a/2"), put("/ab")));
        assertEquals(
                new Snapshot(2, List.of(new Entry("/a/1", "v", 2), new Entry("/a/2", "v", 2))),
                world.read("/a/"));
        assertEquals(List.of(), world.read("/a").entries());
    }

    @Test
    void aTransactionIsDoneWholeOrNotAtAll() {
        Transaction ifNew =
                new Transaction(List.of(new Condition("/k", 0)), List.of(put("/k"), put("/l")));
        assertTrue(world.commit(ifNew).applied());
        assertFalse(world.commit(ifNew).applied());
        assertEquals(2, world.read("").revision());
    }

    @Test
    void aWatchTellsEveryChangeFromItsRevisionOn() throws Exception {
        world.commit(Transaction.of(put("/a/1")));
        world.commit(Transaction.of(new Write.Delete("/a/1"), put("/b")));
        World.Subscription watch = world.watch("/a/", 3, listener);
        world.commit(Transaction.of(put("/a/2")));
        assertEquals("3 /a/1", heard.take());
        assertEquals("4 /a/2", heard.take());
        watch.close();
        world.close();
    }

    @Test
    void whatIsForgottenCannotBeWatched() {
        for (int i = 0; i < 1001; i++) {
            world.commit(Transaction.of(put("/k" + i)));
        }
        assertThrows(WorldException.class, () -> world.watch("/", 2, listener));
    }

    @Test
    void aLeasesKeysGoWithIt() {
        World.Lease lease = world.lease(Duration.ofSeconds(1));
        world.commit(
                Transaction.of(
                        new Write.Put("/mine", "v", lease.id()),
                        new Write.Put("/taken", "v", lease.id())));
        world.commit(Transaction.of(put("/taken")));
        lease.close();
        assertEquals(List.of("/taken"), world.read("").entries().stream().map(Entry::key).toList());
    }

    private static Write put(String key) {
        return new Write.Put(key, "v", 0);
    }
}
