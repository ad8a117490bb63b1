package dev.mgmt.tunnel.etcd;

import dev.mgmt.tunnel.forward.StreamSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A port whose clients are all taken for one host, with that host's rights. */
final class HostDoor implements AutoCloseable {
    private final StoreServer server;
    private final Visitor visitor;
    private final ServerSocket port;
    private final ConcurrentLinkedQueue<Violation> violations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ServedConnection> served = new ConcurrentLinkedQueue<>();

    HostDoor(StoreServer server, String host) throws IOException {
        this.server = server;
        this.visitor = new Visitor(host, () -> rights(host), violations::add);
        port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().name("host-door").start(this::accept);
    }

    /** What a run gives to a host that collects files. */
    static Rights rights(String host) {
        return new Rights(
                List.of(
                        "/_mgmt/hosts/" + host + "/graph",
                        "/_mgmt/fleet",
                        "/_mgmt/exports/" + host + "/",
                        "/_mgmt/kv/*/" + host),
                List.of(
                        "/_mgmt/hosts/" + host + "/status",
                        "/_mgmt/hosts/" + host + "/facts",
                        "/_mgmt/exports/" + host + "/",
                        "/_mgmt/kv/*/" + host));
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                var client = port.accept();
                client.setTcpNoDelay(true);
                served.add(
                        server.serve(
                                StreamSocket.over(
                                        client.getInputStream(),
                                        client.getOutputStream(),
                                        "test",
                                        client),
                                visitor));
            } catch (SocketException _) {
                // Closed from here.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    int port() {
        return port.getLocalPort();
    }

    Socket connect() throws IOException {
        var socket = new Socket(port.getInetAddress(), port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** What the operator was told so far. */
    List<Violation> violations() {
        return List.copyOf(violations);
    }

    boolean sawSomeOf(Violation.Kind kind) {
        return violations.stream().anyMatch(violation -> violation.kind() == kind);
    }

    /** As the end of the host's link does. */
    void endLinks() {
        for (var connection = served.poll(); connection != null; connection = served.poll()) {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        endLinks();
    }
}
