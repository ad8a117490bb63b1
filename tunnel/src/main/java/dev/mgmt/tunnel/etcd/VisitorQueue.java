package dev.mgmt.tunnel.etcd;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A server socket whose connections are handed in rather than arriving over a network. */
final class VisitorQueue extends ServerSocket {
    /** Wakes whoever waits when the queue is closed. */
    private final Socket end = new Socket();

    private final BlockingQueue<Socket> arrivals = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    VisitorQueue() throws IOException {}

    void arrive(Socket connection) {
        arrivals.add(connection);
    }

    @Override
    public Socket accept() throws SocketException {
        try {
            var connection = closed ? end : arrivals.take();
            if (connection.equals(end)) {
                throw new SocketException("Socket closed");
            }
            return connection;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SocketException("Interrupted");
        }
    }

    @Override
    public void bind(@Nullable SocketAddress address) {}

    @Override
    public void close() {
        closed = true;
        arrivals.add(end);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return null;
    }
}
