package dev.mgmt.engine.run;

import dev.mgmt.engine.run.Effect.Place;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import dev.mgmt.engine.world.WorldException.Durability;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Places of semaphores that count across the fleet. Whoever wants one puts a key into the
 * semaphore's folder, under this engine's lease: a queue in the order of the store's revisions,
 * seen alike by all hosts ({@link PlaceQueue}). Nobody has to try again when a place becomes free:
 * the change that frees it tells whose turn it is. The keys of a host that is gone go with its
 * lease.
 *
 * <p>One virtual thread a place does what a place needs, from its key's coming to its going; the
 * monitor of this object guards all that they share.
 */
final class FleetPlaces {
    /** How long the places of a host that is lost without a word stay taken. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration LAST_WORD = Duration.ofSeconds(2);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final World world;
    private final String host;
    private final Surroundings surroundings;
    private final Consumer<Input> inputs;
    private final Map<Long, Stay> stays = new HashMap<>();
    private final Map<String, Folder> folders = new HashMap<>();

    /** Semaphores of which hosts say different sizes, as has been told. */
    private final Set<String> contested = new HashSet<>();

    /** Apart from the keys of any other engine that calls itself by this host's name. */
    private final String serial = Long.toHexString(RANDOM.nextLong());

    private World.@Nullable Lease lease;
    private boolean closed;

    FleetPlaces(World world, String host, Surroundings surroundings, Consumer<Input> inputs) {
        this.world = world;
        this.host = host;
        this.surroundings = surroundings;
        this.inputs = inputs;
    }

    /** One place from when it is wanted to when it is given back. */
    private static final class Stay {
        private final Place place;

        /** In the store, or perhaps; null while it is not. */
        private @Nullable String key;

        /** The revision at which it was put there; 0 while that is not sure. */
        private long since;

        private boolean over;

        private Stay(Place place) {
            this.place = place;
        }
    }

    /** What is known of one semaphore while somebody waits here for one of its places. */
    private static final class Folder {
        private final PlaceQueue queue = new PlaceQueue();
        private final Tether watch = new Tether();
        private int waiting;
        private @Nullable WorldException end;
    }

    /** Answered by PlaceGiven, if it is not given back before. */
    void take(Place place) {
        Stay stay = new Stay(place);
        synchronized (this) {
            stays.put(place.number(), stay);
        }
        surroundings.begin(() -> stay(stay));
    }

    synchronized void leave(long number) {
        Stay stay = stays.remove(number);
        if (stay != null) {
            stay.over = true;
            notifyAll();
        }
    }

    /** Gives all places back, unless the store takes too long to be told. */
    void close() {
        World.Lease held;
        synchronized (this) {
            closed = true;
            folders.values().forEach(folder -> folder.watch.cut());
            folders.clear();
            held = lease;
            lease = null;
        }
        if (held != null) {
            end(held);
        }
    }

    private static void end(World.Lease held) {
        Thread ending = Thread.ofVirtual().start(held::close);
        try {
            if (!ending.join(LAST_WORD)) {
                ending.interrupt();
            }
        } catch (InterruptedException e) {
            ending.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void stay(Stay stay) {
        Backoff backoff = new Backoff();
        boolean given = false;
        boolean told = false;
        try {
            while (true) {
                try {
                    if (!given && awaitTurn(stay)) {
                        given = true;
                        inputs.accept(new Input.PlaceGiven(stay.place.number()));
                    }
                    awaitEnd(stay);
                    withdraw(stay);
                    return;
                } catch (WorldException e) {
                    if (!told && !isOver(stay)) {
                        told = true;
                        inputs.accept(new Input.Noticed(outOfReach(stay.place, e)));
                    }
                    pause(backoff.pause());
                }
            }
        } catch (InterruptedException e) {
            // The engine ends; its lease takes the key along.
            Thread.currentThread().interrupt();
        }
    }

    private static String outOfReach(Place place, WorldException e) {
        return "places of fleet/" + place.semaphore() + " are out of reach: " + e.getMessage();
    }

    /** Tells whether it is its turn; otherwise it is no longer wanted. */
    private boolean awaitTurn(Stay stay) throws WorldException, InterruptedException {
        while (!isOver(stay)) {
            if (stay.since == 0) {
                enter(stay);
            }
            Folder folder = join(stay.place.semaphore());
            try {
                switch (standing(stay, folder)) {
                    case PlaceQueue.Standing.Holds(int size) -> {
                        tellSize(stay.place, size);
                        return true;
                    }
                    // Its lease ran out, as after a long sleep of the machine.
                    case PlaceQueue.Standing.Gone() -> stay.since = 0;
                    case PlaceQueue.Standing.Waits() -> {}
                }
            } finally {
                part(stay.place.semaphore(), folder);
            }
        }
        return false;
    }

    private void tellSize(Place place, int size) {
        synchronized (this) {
            if (size >= place.size() || !contested.add(place.semaphore())) {
                return;
            }
        }
        inputs.accept(
                new Input.Noticed(
                        "fleet/%s has %d places here and %d elsewhere: the smaller number counts"
                                .formatted(place.semaphore(), place.size(), size)));
    }

    /** Where it is not sure whether the key came there, it is put there again. */
    private void enter(Stay stay) throws WorldException, InterruptedException {
        long id = leased();
        String folder = StoreKeys.semaphore(stay.place.semaphore(), host);
        String key = folder + serial + "-" + stay.place.number();
        stay.key = key;
        String size = Integer.toString(stay.place.size());
        try {
            stay.since = world.commit(Transaction.of(new Write.Put(key, size, id))).revision();
        } catch (WorldException e) {
            if (e.durability() == Durability.PERMANENT) {
                forgetLease(id);
            }
            throw e;
        }
    }

    private void withdraw(Stay stay) throws WorldException, InterruptedException {
        String key = stay.key;
        if (key != null) {
            world.commit(Transaction.of(new Write.Delete(key)));
        }
    }

    private long leased() throws WorldException, InterruptedException {
        synchronized (this) {
            if (lease != null) {
                return lease.id();
            }
        }
        World.Lease fresh = world.lease(LEASE);
        World.Lease used = settle(fresh);
        if (used == null || used.id() != fresh.id()) {
            fresh.close();
        }
        if (used == null) {
            throw new InterruptedException("the engine ends");
        }
        return used.id();
    }

    /** The one lease of all, of two that were asked for at once; null: none is needed any more. */
    private synchronized World.@Nullable Lease settle(World.Lease fresh) {
        if (lease == null && !closed) {
            lease = fresh;
        }
        return lease;
    }

    /** The store does not know it any more. */
    private synchronized void forgetLease(long id) {
        if (lease != null && lease.id() == id) {
            lease = null;
        }
    }

    private Folder join(String semaphore) throws WorldException, InterruptedException {
        Folder folder;
        synchronized (this) {
            Folder known = folders.get(semaphore);
            if (known != null) {
                known.waiting++;
                return known;
            }
            folder = new Folder();
            folder.waiting = 1;
            folders.put(semaphore, folder);
        }
        try {
            String name = StoreKeys.semaphore(semaphore);
            World.Snapshot snapshot = world.read(name);
            synchronized (this) {
                folder.queue.begin(snapshot);
                notifyAll();
            }
            World.Subscription watch =
                    world.watch(name, snapshot.revision() + 1, new Relay(folder));
            folder.watch.hold(watch::close);
        } catch (WorldException e) {
            failed(folder, e);
            part(semaphore, folder);
            throw e;
        } catch (InterruptedException e) {
            part(semaphore, folder);
            throw e;
        }
        return folder;
    }

    private synchronized void part(String semaphore, Folder folder) {
        folder.waiting--;
        if (folder.waiting == 0 || folder.end != null) {
            folders.remove(semaphore, folder);
            folder.watch.cut();
        }
    }

    /** Blocks while it waits. */
    private synchronized PlaceQueue.Standing standing(Stay stay, Folder folder)
            throws WorldException, InterruptedException {
        String key = String.valueOf(stay.key);
        while (!stay.over) {
            if (folder.end != null) {
                throw folder.end;
            }
            PlaceQueue.Standing standing = folder.queue.standing(key, stay.since);
            if (!(standing instanceof PlaceQueue.Standing.Waits)) {
                return standing;
            }
            wait();
        }
        return new PlaceQueue.Standing.Waits();
    }

    private synchronized void failed(Folder folder, WorldException cause) {
        folder.end = cause;
        notifyAll();
    }

    private synchronized boolean isOver(Stay stay) {
        return stay.over;
    }

    private synchronized void awaitEnd(Stay stay) throws InterruptedException {
        while (!stay.over) {
            wait();
        }
    }

    private static void pause(Duration pause) throws InterruptedException {
        Thread.sleep(pause);
    }

    private final class Relay implements World.Listener {
        private final Folder folder;

        private Relay(Folder folder) {
            this.folder = folder;
        }

        @Override
        public void changed(long revision, List<Change> changes) {
            synchronized (FleetPlaces.this) {
                folder.queue.change(revision, changes);
                FleetPlaces.this.notifyAll();
            }
        }

        @Override
        public void ended(WorldException cause) {
            failed(folder, cause);
        }
    }
}
