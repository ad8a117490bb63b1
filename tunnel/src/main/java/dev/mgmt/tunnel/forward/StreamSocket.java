package dev.mgmt.tunnel.forward;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Two byte streams in the shape of a connected socket. Reads and writes go straight to the streams;
 * closing closes both streams and what they belong to, once; socket options are accepted and mean
 * nothing.
 *
 * <p>A read that blocks ends when the stream under it ends: {@code onClose} has to bring that about
 * where closing the streams does not.
 */
public final class StreamSocket extends Socket {
    private final InputStream input;
    private final OutputStream output;
    private final SocketAddress peer;
    private final Closeable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    private StreamSocket(
            InputStream input, OutputStream output, SocketAddress peer, Closeable onClose) {
        this.input = input;
        this.output = output;
        this.peer = peer;
        this.onClose = onClose;
    }

    /**
     * @param name of the other end; what messages say
     * @param onClose closed first, before the streams
     */
    public static Socket over(
            InputStream input, OutputStream output, String name, Closeable onClose) {
        return over(input, output, new NamedPeer(name), onClose);
    }

    /**
     * @param peer what {@link #getRemoteSocketAddress()} answers
     * @param onClose closed first, before the streams
     */
    public static Socket over(
            InputStream input, OutputStream output, SocketAddress peer, Closeable onClose) {
        return new StreamSocket(input, output, peer, onClose);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        return output;
    }

    private void requireOpen() throws SocketException {
        if (closed.get()) {
            throw new SocketException("Socket is closed");
        }
    }

    /** All three are closed even if one of them fails; the first failure is thrown. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (input;
                output;
                onClose) {
            super.close();
        }
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return peer;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return new NamedPeer("here");
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public int getLocalPort() {
        return 0;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public boolean getKeepAlive() {
        return false;
    }

    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public String toString() {
        return "stream to " + peer;
    }

    private static final class NamedPeer extends SocketAddress {
        private static final long serialVersionUID = 1;
        private final String name;

        NamedPeer(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
