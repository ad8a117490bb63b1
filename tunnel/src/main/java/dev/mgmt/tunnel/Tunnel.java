package dev.mgmt.tunnel;

import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.exec.RemoteProcess;
import java.util.function.Consumer;

/**
 * One authenticated connection to one host. Safe for use by many threads; commands run side by side
 * over it.
 */
public interface Tunnel extends AutoCloseable {
    Target target();

    /**
     * Starts a command without a terminal. Takes one round trip; the command's own life is the
     * process's.
     */
    RemoteProcess start(RemoteCommand command) throws TunnelException, InterruptedException;

    /**
     * Calls back once, from a thread of the tunnel, when the link is lost; not when it is closed
     * from here.
     */
    void onLost(Consumer<TunnelException.LinkLost> listener);

    /** Ends the connection and every command's streams. Does not wait for the far side. */
    @Override
    void close();
}
