package dev.mgmt.engine.world.etcd;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/** Gives out the one socket there is, once. */
final class OneSocket extends SocketFactory {
    private final Socket socket;
    private final AtomicBoolean given = new AtomicBoolean();

    OneSocket(Socket socket) {
        this.socket = socket;
    }

    private Socket give() throws IOException {
        if (given.getAndSet(true)) {
            throw new ConnectException("the connection to the store has ended");
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return give();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return give();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return give();
    }

    @Override
    public Socket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return give();
    }
}
