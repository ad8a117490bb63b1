package dev.mgmt.tunnel;

/** Opens tunnels. One instance serves a whole run; closing it closes every tunnel it opened. */
public interface Tunnels extends AutoCloseable {
    /** Connects, checks the host's key, logs in. At most two connections' time-outs long. */
    Tunnel connect(Target target) throws TunnelException, InterruptedException;

    @Override
    void close();
}
