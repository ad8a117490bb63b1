package dev.mgmt.tunnel.etcd;

import java.net.InetSocketAddress;

/** The store's door for clients of this machine. Closing it ends their connections, too. */
public interface ListeningPort extends AutoCloseable {
    /** With the port that was really taken. */
    InetSocketAddress address();

    /** How many are connected by it at this moment. */
    int visitors();

    @Override
    void close();
}
