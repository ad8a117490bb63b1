package dev.mgmt.tunnel.etcd;

/**
 * How much of the store one visitor may take up, over all its connections. Enough for a host with
 * thousands of exported resources; little enough that a hundred hosts gone mad leave the laptop
 * usable. The owner of the store is not limited.
 *
 * @param bytes of what it stored
 * @param unread bytes of answers that it has asked for and not taken in
 */
record Limits(int watches, int leases, int keys, long bytes, long unread) {
    static final Limits PER_VISITOR = new Limits(1024, 64, 20_000, 32L << 20, 64L << 20);

    /** Of one message, with etcd's allowance for what surrounds a request of the greatest size. */
    static final int MESSAGE_BYTES = RequestRules.MOST_BYTES + (512 << 10);

    /** Calls of one connection that run at the same time; more wait at the client. */
    static final int CALLS_PER_CONNECTION = 100;

    /** Of those, how many the store works on; the others wait, and nobody else behind them. */
    static final int CALLS_IN_THE_STORE = 8;

    /** Calls of the Watch service, each of which has its own unread answers; one is enough. */
    static final int WATCH_CALLS = 8;

    /** Of one transaction, nested ones included: parts, and among them those about many keys. */
    static final int PARTS = 2 * RequestRules.MOST_OPERATIONS;

    static final int RANGES = 8;
}
