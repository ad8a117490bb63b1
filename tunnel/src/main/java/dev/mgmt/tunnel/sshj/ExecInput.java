package dev.mgmt.tunnel.sshj;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;

/**
 * What a command reads. Every write is on the wire when it returns; it waits, without a limit, for
 * the command to read. Its own monitor keeps writers apart; the window is guarded by the channel's
 * lock.
 */
final class ExecInput extends OutputStream {
    private static final int LARGEST_PACKET = 32 * 1024;

    /** For padding and tag, which the encoder adds in the same array. */
    private static final int HEADROOM = 128;

    /** Room for a packet's length and padding length, RFC 4253 section 6. */
    private static final int HEADER = 5;

    private final OwnChannel channel;
    private final ReentrantLock lock;
    private final Condition grown;
    private final ReentrantLock writing = new ReentrantLock();
    private long window;
    private long largest;
    private boolean ended;
    private boolean eofSent;

    ExecInput(OwnChannel channel, ReentrantLock lock) {
        this.channel = channel;
        this.lock = lock;
        this.grown = lock.newCondition();
    }

    void open(long initialWindow, long largestPacket) {
        lock.lock();
        try {
            window = initialWindow;
            largest = Math.min(largestPacket, LARGEST_PACKET);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void grow(long bytes) {
        lock.lock();
        try {
            window += bytes;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        writing.lock();
        try {
            int done = 0;
            while (done < length) {
                int part = claim(length - done);
                send(data, offset + done, part);
                done += part;
            }
        } finally {
            writing.unlock();
        }
    }

    private int claim(int wanted) throws IOException {
        lock.lock();
        try {
            while (window == 0 && !ended) {
                grown.await();
            }
            if (ended) {
                throw new IOException("nobody reads there any more: the channel is closed");
            }
            int part = Math.toIntExact(Math.min(wanted, Math.min(window, largest)));
            window -= part;
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the far side reads slowly");
        } finally {
            lock.unlock();
        }
    }

    /** The encoder puts header, padding and tag around the data in the same array. */
    private void send(byte[] data, int offset, int length) throws IOException {
        SSHPacket packet = new SSHPacket(length + HEADROOM);
        packet.wpos(HEADER);
        packet.rpos(HEADER);
        packet.putMessageID(Message.CHANNEL_DATA)
                .putUInt32FromInt(channel.recipient())
                .putBytes(data, offset, length);
        if (!channel.send(packet)) {
            throw new IOException("nobody reads there any more: the channel is closed");
        }
    }

    /** The command sees the end of its input. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (eofSent || hasEnded()) {
                return;
            }
            eofSent = true;
            end();
            var _ = channel.send(channel.packet(Message.CHANNEL_EOF));
        } finally {
            writing.unlock();
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
