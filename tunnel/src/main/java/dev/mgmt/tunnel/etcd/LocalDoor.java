package dev.mgmt.tunnel.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Accepts etcd's clients of our own account and of root on a TCP port, each with all rights. */
final class LocalDoor implements ListeningPort {
    private final StoreServer server;
    private final ServerSocket port = new ServerSocket();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Consumer<String> turnedAway;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Thread accepting;

    LocalDoor(StoreServer server, InetSocketAddress address, Consumer<String> turnedAway)
            throws IOException {
        this.server = server;
        this.turnedAway = turnedAway;
        port.bind(address);
        // A virtual thread would start the machine's poller, for which the program's exit waits.
        accepting = Thread.ofPlatform().daemon().name("store-door").start(this::accept);
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                admit(port.accept());
            } catch (SocketException _) {
                // Closed from here, or a client that was gone before it was let in.
            } catch (IOException e) {
                throw new UncheckedIOException("accepting clients of the store", e);
            }
        }
    }

    private void admit(Socket client) throws IOException {
        PeerAccount account = PeerAccount.of(client);
        if (!account.isOurs()) {
            client.close();
            if (told.add(account.toString())) {
                turnedAway.accept("the store turned away a client of " + account);
            }
            return;
        }
        client.setTcpNoDelay(true);
        connections.removeIf(Socket::isClosed);
        connections.add(client);
        var visitor =
                new Visitor("client " + client.getRemoteSocketAddress(), () -> Rights.ALL, _ -> {});
        server.serve(client, visitor);
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) port.getLocalSocketAddress();
    }

    @Override
    public int visitors() {
        connections.removeIf(Socket::isClosed);
        return connections.size();
    }

    @Override
    public void close() {
        try {
            port.close();
            accepting.join();
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing the store's port", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
