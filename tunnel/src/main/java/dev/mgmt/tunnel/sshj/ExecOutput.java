package dev.mgmt.tunnel.sshj;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.SSHException;
import org.jspecify.annotations.Nullable;

/**
 * What a command writes. Holds at most the channel's window, as nothing more is allowed to arrive
 * before it is read. Guarded by the channel's lock.
 */
final class ExecOutput extends InputStream {
    /** Told how much was read, so that as much may arrive again; called without the lock. */
    interface Consumed {
        void consumed(int bytes) throws IOException;
    }

    private final ReentrantLock lock;
    private final Condition arrived;
    private final Consumed consumed;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int read;
    private int available;
    private boolean ended;
    private boolean discarding;
    private @Nullable String failure;

    ExecOutput(ReentrantLock lock, Consumed consumed) {
        this.lock = lock;
        this.arrived = lock.newCondition();
        this.consumed = consumed;
    }

    void receive(byte[] chunk) throws SSHException {
        lock.lock();
        try {
            if (!discarding && !ended) {
                chunks.add(chunk);
                available += chunk.length;
                arrived.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        acknowledge(chunk.length);
    }

    private void acknowledge(int bytes) throws SSHException {
        try {
            consumed.consumed(bytes);
        } catch (IOException e) {
            throw SSHException.chainer.chain(e);
        }
    }

    /**
     * Nothing more will arrive. What has arrived can still be read; then comes the end, or the
     * failure: output that was cut must not look complete.
     */
    void end(@Nullable String why) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = why;
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int taken;
        lock.lock();
        try {
            awaitSome();
            taken = take(into, offset, length);
        } finally {
            lock.unlock();
        }
        if (taken > 0) {
            consumed.consumed(taken);
        }
        return taken;
    }

    private void awaitSome() throws IOException {
        try {
            while (available == 0 && !ended && !discarding) {
                arrived.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a command's output");
        }
    }

    private int take(byte[] into, int offset, int length) throws IOException {
        int taken = 0;
        while (taken < length && available > 0) {
            byte[] chunk = chunks.getFirst();
            int part = Math.min(length - taken, chunk.length - read);
            System.arraycopy(chunk, read, into, offset + taken, part);
            taken += part;
            read += part;
            available -= part;
            if (read == chunk.length) {
                chunks.removeFirst();
                read = 0;
            }
        }
        if (taken == 0 && failure != null) {
            throw new IOException(failure);
        }
        return taken == 0 ? -1 : taken;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return available;
        } finally {
            lock.unlock();
        }
    }

    /** From here on output is thrown away, so that the other stream is not held up by it. */
    @Override
    public void close() throws IOException {
        int dropped;
        lock.lock();
        try {
            discarding = true;
            dropped = available;
            chunks.clear();
            available = 0;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        if (dropped > 0) {
            consumed.consumed(dropped);
        }
    }
}
