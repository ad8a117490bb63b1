package dev.mgmt.tunnel.sshj;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.TransportException;

/**
 * TCP from a jump host onwards: RFC 4254 section 7.2. The library's own gives up when the far side
 * does not read for a while, and waits for it when closed.
 *
 * <p>Invariants as in {@link ExecChannel}: all state is guarded by {@code lock}, which is never
 * held while a packet is written; {@code sending} orders our own packets.
 */
final class DirectChannel implements OwnChannel, Carrier {
    private enum Phase {
        OPENING,
        OPEN,
        REFUSED,
        CLOSED
    }

    /** What came of the request for a connection. */
    sealed interface Start {
        record Connected() implements Start {}

        /** The jump host does not do this for anybody, or not for us. */
        record Forbidden(String reason) implements Start {}

        /** The jump host has tried, in vain. */
        record Failed(String reason) implements Start {}
    }

    private static final int ADMINISTRATIVELY_PROHIBITED = 1;
    private static final int CONNECT_FAILED = 2;

    private final Connection connection;
    private final LibraryChannel self;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock sending = new ReentrantLock();
    private final ExecOutput output = new ExecOutput(lock, this::consumed);
    private final ExecInput input = new ExecInput(this, lock);

    private Phase phase = Phase.OPENING;
    private Start start = new Start.Failed("the connection to the jump host was lost");
    private int recipient;
    private final ReceiveWindow window = new ReceiveWindow(lock, WINDOW);
    private boolean closeSent;
    private Optional<String> failure = Optional.empty();

    DirectChannel(Connection connection) {
        this.connection = connection;
        self = new LibraryChannel(connection.nextID(), this);
    }

    /** Waits for the jump host's answer, or for {@link #close()}. */
    Start open(String host, int port) throws TransportException, InterruptedException {
        connection.attach(self);
        connection
                .getTransport()
                .write(
                        new SSHPacket(Message.CHANNEL_OPEN)
                                .putString(type())
                                .putUInt32(self.getID())
                                .putUInt32(WINDOW)
                                .putUInt32(PACKET)
                                .putString(host)
                                .putUInt32(port)
                                .putString("127.0.0.1")
                                .putUInt32(0));
        lock.lockInterruptibly();
        try {
            while (phase == Phase.OPENING) {
                changed.await();
            }
            return start;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String type() {
        return "direct-tcpip";
    }

    // --- the connection's reader calls these -------------------------------------------------

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        switch (message) {
            case CHANNEL_OPEN_CONFIRMATION -> opened(packet);
            case CHANNEL_OPEN_FAILURE -> refused(packet);
            case CHANNEL_WINDOW_ADJUST -> input.grow(packet.readUInt32());
            case CHANNEL_DATA -> window.receive(packet, output);
            case CHANNEL_EOF -> output.end(null);
            case CHANNEL_REQUEST -> requested(packet);
            case CHANNEL_CLOSE -> closedThere();
            default ->
                    throw new ConnectionException(
                            DisconnectReason.PROTOCOL_ERROR, "unexpected " + message);
        }
    }

    private void opened(SSHPacket packet) throws SSHException {
        boolean wanted;
        lock.lock();
        try {
            recipient = packet.readUInt32AsInt();
            input.open(packet.readUInt32(), packet.readUInt32());
            wanted = phase == Phase.OPENING;
            if (wanted) {
                phase = Phase.OPEN;
                start = new Start.Connected();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!wanted) {
            sendClose();
        }
    }

    private void refused(SSHPacket packet) throws SSHException {
        int code = packet.readUInt32AsInt();
        String text = packet.readString();
        lock.lock();
        try {
            start =
                    switch (code) {
                        case ADMINISTRATIVELY_PROHIBITED -> new Start.Forbidden(text);
                        case CONNECT_FAILED ->
                                new Start.Failed(text.isEmpty() ? "it cannot connect" : text);
                        default -> new Start.Failed(text.isEmpty() ? "reason " + code : text);
                    };
            phase = Phase.REFUSED;
            endStreams(null);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        connection.forget(self);
    }

    private void requested(SSHPacket packet) throws SSHException {
        packet.readString();
        if (packet.readBoolean()) {
            send(packet(Message.CHANNEL_FAILURE));
        }
    }

    private void closedThere() throws TransportException {
        endStreams(null);
        try {
            sendClose();
        } finally {
            closed();
        }
    }

    @Override
    public void linkLost() {
        lock.lock();
        try {
            if (phase == Phase.OPEN || phase == Phase.OPENING) {
                failure = Optional.of("the connection to the jump host was lost");
            }
        } finally {
            lock.unlock();
        }
        endStreams("the connection to the jump host was lost");
        closed();
    }

    private void closed() {
        connection.forget(self);
        lock.lock();
        try {
            phase = Phase.CLOSED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void endStreams(@org.jspecify.annotations.Nullable String why) {
        output.end(why);
        input.end();
    }

    // --- sending ------------------------------------------------------------------------------

    @Override
    public int recipient() {
        return recipient;
    }

    @Override
    public boolean isOpen() {
        lock.lock();
        try {
            return phase == Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean send(SSHPacket packet) throws TransportException {
        sending.lock();
        try {
            if (!closeSent) {
                connection.getTransport().write(packet);
            }
            return !closeSent;
        } finally {
            sending.unlock();
        }
    }

    private void sendClose() throws TransportException {
        sending.lock();
        try {
            if (!closeSent) {
                closeSent = true;
                connection.getTransport().write(packet(Message.CHANNEL_CLOSE));
            }
        } finally {
            sending.unlock();
        }
    }

    private void consumed(int bytes) throws IOException {
        long adjustment;
        lock.lock();
        try {
            window.consumed(bytes);
            adjustment = phase == Phase.OPEN ? window.grow() : 0;
        } finally {
            lock.unlock();
        }
        if (adjustment > 0) {
            send(packet(Message.CHANNEL_WINDOW_ADJUST).putUInt32(adjustment));
        }
    }

    // --- as a carrier -------------------------------------------------------------------------

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public OutputStream input() {
        return input;
    }

    @Override
    public InputStream in() {
        return output;
    }

    @Override
    public OutputStream out() {
        return input;
    }

    @Override
    public void acknowledge() {}

    @Override
    public Optional<String> failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** The far side is told by another thread: telling may have to wait for the network. */
    @Override
    public void close() {
        endStreams(null);
        boolean open;
        lock.lock();
        try {
            open = phase == Phase.OPEN;
            if (open || phase == Phase.OPENING) {
                phase = Phase.CLOSED;
                start = new Start.Failed("given up");
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (open) {
            Thread.ofVirtual().name("ssh-channel-end").start(this::tellClosed);
        }
    }

    private void tellClosed() {
        try {
            sendClose();
        } catch (TransportException e) {
            // The link is gone, and with it the channel.
            return;
        }
    }
}
