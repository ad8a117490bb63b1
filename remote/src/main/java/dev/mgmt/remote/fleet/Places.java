package dev.mgmt.remote.fleet;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many hosts are brought up at once, and how many of them may knock at one address: a server
 * drops connections beyond its MaxStartups (10 by default) that have not logged in yet.
 */
final class Places {
    private static final int HANDSHAKES_PER_ADDRESS = 10;

    private final Semaphore forks;
    private final ConcurrentHashMap<String, Semaphore> doors = new ConcurrentHashMap<>();

    Places(int forks) {
        this.forks = new Semaphore(forks, true);
    }

    /** Waits for a place among the hosts that are brought up. */
    Place amongForks() throws InterruptedException {
        forks.acquire();
        return new Place(forks);
    }

    /** Waits for a place among those that log in at this address. */
    Place at(String address) throws InterruptedException {
        Semaphore door =
                doors.computeIfAbsent(address, _ -> new Semaphore(HANDSHAKES_PER_ADDRESS, true));
        door.acquire();
        return new Place(door);
    }

    /** To be given back once; giving it back again does nothing. */
    static final class Place implements AutoCloseable {
        private final Semaphore from;
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place(Semaphore from) {
            this.from = from;
        }

        @Override
        public void close() {
            giveBack();
        }

        void giveBack() {
            if (held.compareAndSet(true, false)) {
                from.release();
            }
        }
    }
}
