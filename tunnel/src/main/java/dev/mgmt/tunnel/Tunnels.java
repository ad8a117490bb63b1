package dev.mgmt.tunnel;

/** Opens tunnels. One instance serves a whole run; closing it closes every tunnel it opened. */
public interface Tunnels extends AutoCloseable {
    /**
     * Connects, checks the host's key, logs in. At most two connections' time-outs long for each
     * hop, beside the wait for others who pass the same jump host. A jump host's connection is
     * shared, and stays until it is lost or this is closed.
     */
    Tunnel connect(Target target) throws TunnelException, InterruptedException;

    @Override
    void close();
}
