package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/**
 * A session channel that runs one command: RFC 4254, sections 5 and 6.5 to 6.10. In place of the
 * library's own, which gives up when a command does not read its input for a while, ends the whole
 * connection when nobody reads its errors, and waits for the far side when closed.
 *
 * <p>Invariants: all state is guarded by {@code lock}, which is never held while a packet is
 * written, as writing may wait for the network and the connection's reader needs the lock. {@code
 * sending} orders our own packets: none follows our CLOSE.
 *
 * <p>stdout and stderr share one window of {@link #WINDOW} bytes, which grows again as either is
 * read: so much may lie unread in memory, and then the command waits. Read both, or close the one
 * that does not matter.
 */
final class ExecChannel implements RemoteProcess, OwnChannel {
    private static final int STDERR = 1;

    private enum Phase {
        OPENING,
        STARTING,
        RUNNING,
        REFUSED,
        CLOSED
    }

    private final Connection connection;
    private final String line;
    private final LibraryChannel self;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock sending = new ReentrantLock();
    private final ExecOutput stdout = new ExecOutput(lock, this::consumed);
    private final ExecOutput stderr = new ExecOutput(lock, this::consumed);
    private final ExecInput stdin = new ExecInput(this, lock);

    /** Set before anything is sent. */
    private volatile Haste haste = Haste.PATIENT;

    private Phase phase = Phase.OPENING;
    private int recipient;
    private final ReceiveWindow window = new ReceiveWindow(lock, WINDOW);
    private boolean ran;
    private boolean closeSent;
    private String refusal = "";
    private @Nullable Ending ending;

    ExecChannel(Connection connection, String line) {
        this.connection = connection;
        this.line = line;
        self = new LibraryChannel(connection.nextID(), this);
    }

    /** To be called once; channels get their names in the order in which they are asked for. */
    void open(Haste how) throws TransportException {
        haste = how;
        connection.attach(self);
        connection
                .getTransport()
                .write(
                        new SSHPacket(Message.CHANNEL_OPEN)
                                .putString("session")
                                .putUInt32(self.getID())
                                .putUInt32(WINDOW)
                                .putUInt32(PACKET));
        switch (haste) {
            case PATIENT -> {}
            case EAGER -> requestExec();
        }
    }

    private void requestExec() throws TransportException {
        var _ =
                send(
                        packet(Message.CHANNEL_REQUEST)
                                .putString("exec")
                                .putBoolean(true)
                                .putString(line, StandardCharsets.UTF_8));
    }

    ExecStart awaitStart(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while ((phase == Phase.OPENING || phase == Phase.STARTING) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return switch (phase) {
                case OPENING, STARTING -> new ExecStart.Silence();
                case RUNNING -> new ExecStart.Running();
                // A command may be over before its start is looked at.
                case CLOSED -> ran ? new ExecStart.Running() : new ExecStart.Silence();
                case REFUSED -> new ExecStart.Refused(refusal);
            };
        } finally {
            lock.unlock();
        }
    }

    // --- the connection's reader calls these -------------------------------------------------

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        switch (message) {
            case CHANNEL_OPEN_CONFIRMATION -> opened(packet);
            case CHANNEL_OPEN_FAILURE -> refused(openFailure(packet));
            case CHANNEL_SUCCESS -> running();
            case CHANNEL_FAILURE -> refused("the host refuses to run a command");
            case CHANNEL_WINDOW_ADJUST -> stdin.grow(packet.readUInt32());
            case CHANNEL_DATA -> window.receive(packet, stdout);
            case CHANNEL_EXTENDED_DATA -> receivedExtended(packet);
            case CHANNEL_EOF -> endOfOutput();
            case CHANNEL_REQUEST -> requested(packet);
            case CHANNEL_CLOSE -> closedThere();
            default ->
                    throw new ConnectionException(
                            DisconnectReason.PROTOCOL_ERROR, "unexpected " + message);
        }
    }

    /** The command follows at once, without a detour over the thread that waits. */
    private void opened(SSHPacket packet) throws SSHException {
        lock.lock();
        try {
            recipient = packet.readUInt32AsInt();
            stdin.open(packet.readUInt32(), packet.readUInt32());
            phase = Phase.STARTING;
        } finally {
            lock.unlock();
        }
        switch (haste) {
            case PATIENT -> requestExec();
            case EAGER -> {}
        }
    }

    private static String openFailure(SSHPacket packet) throws SSHException {
        long code = packet.readUInt32();
        String text = packet.readString();
        return "the host opens no session: " + (text.isEmpty() ? "reason " + code : text);
    }

    private void refused(String why) throws TransportException {
        boolean wasOpen;
        lock.lock();
        try {
            if (phase == Phase.RUNNING) {
                return;
            }
            wasOpen = phase == Phase.STARTING;
            refusal = why;
            phase = Phase.REFUSED;
            endStreams(null);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (wasOpen) {
            sendClose();
        } else {
            connection.forget(self);
        }
    }

    private void running() {
        lock.lock();
        try {
            if (phase == Phase.STARTING) {
                phase = Phase.RUNNING;
                ran = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void receivedExtended(SSHPacket packet) throws SSHException {
        if (packet.readUInt32AsInt() != STDERR) {
            throw new ConnectionException(
                    DisconnectReason.PROTOCOL_ERROR, "output of an unknown kind");
        }
        window.receive(packet, stderr);
    }

    private void endOfOutput() {
        stdout.end(null);
        stderr.end(null);
    }

    private void requested(SSHPacket packet) throws SSHException {
        String type = packet.readString();
        boolean wantsReply = packet.readBoolean();
        switch (type) {
            case "exit-status" -> ended(new Ending.Exited(packet.readUInt32AsInt()));
            case "exit-signal" -> ended(new Ending.Signalled(packet.readString()));
            default -> {
                // sshd's own keepalives come as such requests: any answer will do.
                if (wantsReply) {
                    send(packet(Message.CHANNEL_FAILURE));
                }
            }
        }
    }

    private void ended(Ending how) {
        lock.lock();
        try {
            if (ending == null) {
                ending = how;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
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
        endStreams("the link was lost");
        closed();
    }

    private void closed() {
        connection.forget(self);
        lock.lock();
        try {
            if (phase != Phase.REFUSED) {
                phase = Phase.CLOSED;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void endStreams(@Nullable String failure) {
        stdout.end(failure);
        stderr.end(failure);
        stdin.end();
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
            return phase == Phase.STARTING || phase == Phase.RUNNING;
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
            adjustment = phase == Phase.RUNNING ? window.grow() : 0;
        } finally {
            lock.unlock();
        }
        if (adjustment > 0) {
            send(packet(Message.CHANNEL_WINDOW_ADJUST).putUInt32(adjustment));
        }
    }

    @Override
    public String type() {
        return "session";
    }

    @Override
    public InputStream output() {
        return stdout;
    }

    @Override
    public OutputStream input() {
        return stdin;
    }

    // --- as a process -------------------------------------------------------------------------

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public Ending await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (ending == null && phase != Phase.CLOSED && phase != Phase.REFUSED && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(ending).orElseGet(Ending.Vanished::new);
        } finally {
            lock.unlock();
        }
    }

    /** The connection knows this channel until the far side has closed it too. */
    @Override
    public void close() {
        endStreams(null);
        boolean open;
        lock.lock();
        try {
            open = phase == Phase.STARTING || phase == Phase.RUNNING;
            if (open) {
                phase = Phase.CLOSED;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (open) {
            try {
                sendClose();
            } catch (TransportException e) {
                // The link is gone, and with it the channel.
                return;
            }
        }
    }
}
