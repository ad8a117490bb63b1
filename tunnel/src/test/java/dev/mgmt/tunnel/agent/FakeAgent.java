package dev.mgmt.tunnel.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every request with the same bytes, which may be wrong, and holds the line open. */
final class FakeAgent implements AutoCloseable {
    private final ServerSocketChannel server;
    private final byte[] answer;
    private final Line line;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    enum Line {
        STAYS_OPEN,
        IS_CUT
    }

    private FakeAgent(ServerSocketChannel server, byte[] answer, Line line) {
        this.server = server;
        this.answer = answer.clone();
        this.line = line;
    }

    static FakeAgent on(Path socket, byte[] answer, Line line) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        FakeAgent agent = new FakeAgent(server, answer, line);
        Thread.ofPlatform().daemon().name("fake-agent").start(agent::serve);
        return agent;
    }

    int requests() {
        return requests.get();
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                open.add(client);
                var _ = client.read(ByteBuffer.allocate(1024));
                requests.incrementAndGet();
                var _ = client.write(ByteBuffer.wrap(answer));
                if (line == Line.IS_CUT) {
                    client.close();
                }
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel each : open) {
            each.close();
        }
    }
}
