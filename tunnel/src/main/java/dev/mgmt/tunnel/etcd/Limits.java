package dev.mgmt.tunnel.etcd;

/**
 * How much of the store one visitor may take up, over all its connections. Enough for a host with
 * thousands of exported resources; little enough that a hundred hosts gone mad leave the laptop
 * usable. The owner of the store is not limited.
 */
record Limits(int watches, int leases, int keys, long bytes) {
    static final Limits PER_VISITOR = new Limits(1024, 64, 20_000, 32L << 20);

    /** Of one message, with etcd's allowance for what surrounds a request of the greatest size. */
    static final int MESSAGE_BYTES = RequestRules.MOST_BYTES + (512 << 10);

    /** Calls of one connection that run at the same time; more wait at the client. */
    static final int CALLS_PER_CONNECTION = 256;
}
