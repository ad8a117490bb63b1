package dev.mgmt.remote.local;

import dev.mgmt.tunnel.etcd.PeerAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes connections of our own account and of root, and hands each on, byte for byte, to one that
 * it makes elsewhere.
 */
final class Passage implements AutoCloseable {
    private final ServerSocket port = new ServerSocket();
    private final Destination destination;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger near = new AtomicInteger();
    private final Thread accepting;

    /** Where a connection is handed on to. */
    @FunctionalInterface
    interface Destination {
        Socket connect() throws IOException;
    }

    Passage(InetSocketAddress address, Destination destination) throws IOException {
        this.destination = destination;
        port.bind(address);
        accepting = Thread.ofVirtual().name("passage").start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) port.getLocalSocketAddress();
    }

    int visitors() {
        return near.get();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket client = port.accept();
                if (!PeerAccount.of(client).isOurs()) {
                    client.close();
                    continue;
                }
                open.add(client);
                near.incrementAndGet();
                Thread.ofVirtual().name("passage").start(() -> handOn(client));
            } catch (IOException closedOrGone) {
                // Closed from here, or a client that was gone before it was let in.
            }
        }
    }

    /** Ends both when either ends. */
    private void handOn(Socket client) {
        try (client;
                Socket far = destination.connect()) {
            open.add(far);
            client.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().name("passage").start(() -> pump(far, client));
            pump(client, far);
            back.join();
            open.remove(far);
        } catch (IOException outOfReach) {
            // The client sees its connection end, as it would at the far end itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            near.decrementAndGet();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Whichever side it was: both are closed now.
        }
    }

    @Override
    public void close() {
        try {
            port.close();
            accepting.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing a passage to the store", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
