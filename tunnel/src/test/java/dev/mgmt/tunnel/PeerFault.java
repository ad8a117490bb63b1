package dev.mgmt.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay that misbehaves as networks and peers do: it cuts, stalls, delays or truncates what
 * passes between its clients and a real server. Listens on 127.0.0.1.
 */
public final class PeerFault implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final ServerSocket listener;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private final AtomicLong allowance = new AtomicLong(Long.MAX_VALUE);
    private volatile Duration delay = Duration.ZERO;
    private boolean stalled;

    private PeerFault(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    /** Stands in front of a server on 127.0.0.1; without a fault yet. */
    public static PeerFault before(int serverPort) {
        try {
            var fault =
                    new PeerFault(
                            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
            Thread.ofVirtual().name("peer-fault").start(fault::accept);
            return fault;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Ends every connection at once; new ones are let through again. */
    public void cut() {
        sockets.forEach(PeerFault::closeQuietly);
    }

    /** Nothing passes any more in either direction, and nothing is closed: a pulled cable. */
    public void stall() {
        synchronized (gate) {
            stalled = true;
        }
    }

    /** Everything passes again. */
    public void resume() {
        synchronized (gate) {
            stalled = false;
            gate.notifyAll();
        }
    }

    /** Each chunk waits so long, in either direction. */
    public void delay(Duration each) {
        delay = each;
    }

    /** The server's next connections are cut after so many bytes from it in all. */
    public void truncateAfter(long bytes) {
        allowance.set(bytes);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.ofVirtual()
                        .start(() -> pump(client, server, new AtomicLong(Long.MAX_VALUE)));
                Thread.ofVirtual().start(() -> pump(server, client, allowance));
            }
        } catch (IOException e) {
            // Closed, or the server is gone: either way there is nothing more to relay.
            cut();
        }
    }

    private void pump(Socket from, Socket to, AtomicLong left) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (true) {
                int read = in.read(chunk);
                if (read < 0) {
                    break;
                }
                awaitPassage();
                int passed = Math.toIntExact(Math.min(read, left.get()));
                out.write(chunk, 0, passed);
                if (left.addAndGet(-passed) == 0) {
                    break;
                }
            }
        } catch (IOException | InterruptedException e) {
            // One side is gone; below so is the other.
            closeQuietly(from);
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitPassage() throws InterruptedException {
        Thread.sleep(delay);
        synchronized (gate) {
            while (stalled) {
                gate.wait();
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        resume();
    }
}
