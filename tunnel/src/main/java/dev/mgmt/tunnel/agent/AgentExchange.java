package dev.mgmt.tunnel.agent;

import dev.mgmt.tunnel.identity.SshReader;
import dev.mgmt.tunnel.identity.SshReader.Malformed;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** One request to an agent and its answer, bounded in size and time. */
final class AgentExchange {
    /** OpenSSH's own bound. */
    private static final int LONGEST = 256 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration patience;
    private final long end;

    private AgentExchange(SocketChannel channel, Selector selector, Duration patience) {
        this.channel = channel;
        this.selector = selector;
        this.patience = patience;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /**
     * @param request without its length
     */
    static SshReader of(Path socket, byte[] request, Duration patience)
            throws AgentFailure, Malformed {
        if (!Files.exists(socket)) {
            throw new AgentFailure("is not there: " + socket + " does not exist");
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new AgentFailure("has too many others waiting");
            }
            var exchange = new AgentExchange(channel, selector, patience);
            exchange.send(request);
            int length = exchange.receive(Integer.BYTES).getInt();
            if (length < 1 || length > LONGEST) {
                throw new AgentFailure(
                        "sent an answer of " + Integer.toUnsignedString(length) + " bytes");
            }
            return new SshReader(exchange.receive(length).array());
        } catch (IOException | ClosedSelectorException | IllegalArgumentException e) {
            throw new AgentFailure("cannot be reached at " + socket + ": " + reason(e));
        }
    }

    private void send(byte[] request) throws IOException, AgentFailure {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + request.length);
        bytes.putInt(request.length).put(request).flip();
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private ByteBuffer receive(int count) throws IOException, AgentFailure {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes);
            if (read < 0) {
                throw new AgentFailure("hung up before it had answered");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return bytes.flip();
    }

    private void await(int what) throws IOException, AgentFailure {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new AgentFailure("did not answer within " + patience.toMillis() + " ms");
        }
        channel.register(selector, what);
        selector.selectedKeys().clear();
        var _ = selector.select(left);
        if (Thread.currentThread().isInterrupted()) {
            throw new AgentFailure("was not waited for");
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isEmpty()
                ? e.getClass().getSimpleName()
                : message.toLowerCase(Locale.ROOT);
    }
}
