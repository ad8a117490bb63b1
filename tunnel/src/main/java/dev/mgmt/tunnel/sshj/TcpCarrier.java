package dev.mgmt.tunnel.sshj;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP that keeps conversations from waiting for delayed acknowledgements: 40 ms each on Linux,
 * three in a login.
 */
final class TcpCarrier implements Carrier {
    private final Socket socket;
    private final boolean quickAck;

    TcpCarrier(Socket socket) throws IOException {
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        quickAck = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        acknowledge();
    }

    @Override
    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /**
     * The kernel falls back to delaying by itself, so this is said again after each read that is
     * not part of a stream of data: sshd's side holds its next small packet back until then.
     */
    @Override
    public void acknowledge() throws IOException {
        if (quickAck) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
