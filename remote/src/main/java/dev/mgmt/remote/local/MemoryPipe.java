package dev.mgmt.remote.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bytes from one thread of this process to another, a bounded number at a time. Closing either end
 * ends what blocks at both: a reader gets what was written before and then the end, a writer an
 * error.
 *
 * <p>The JDK's piped streams do not promise that. Its pipes of the operating system do, but a
 * virtual thread that reads one starts the machine's poller, which sits in a native call for good
 * and makes the program's exit wait for 0.3 s.
 */
final class MemoryPipe {
    private static final int CAPACITY = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[CAPACITY];
    private final InputStream source = new Source();
    private final OutputStream sink = new Sink();
    private int first;
    private int size;
    private boolean closed;

    /** Its {@code close} closes the pipe. */
    InputStream source() {
        return source;
    }

    /** Its {@code close} closes the pipe. */
    OutputStream sink() {
        return sink;
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        lock.lock();
        try {
            awaitWhile(() -> size == 0 && !closed && length > 0);
            if (size == 0 && length > 0) {
                return -1;
            }
            int taken = Math.min(length, size);
            int straight = Math.min(taken, CAPACITY - first);
            System.arraycopy(ring, first, into, offset, straight);
            System.arraycopy(ring, 0, into, offset + straight, taken - straight);
            first = (first + taken) % CAPACITY;
            size -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        lock.lock();
        try {
            int written = 0;
            while (written < length) {
                awaitWhile(() -> size == CAPACITY && !closed);
                requireOpen();
                written += put(from, offset + written, length - written);
                changed.signalAll();
            }
            requireOpen();
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] from, int offset, int length) {
        int given = Math.min(length, CAPACITY - size);
        int end = (first + size) % CAPACITY;
        int straight = Math.min(given, CAPACITY - end);
        System.arraycopy(from, offset, ring, end, straight);
        System.arraycopy(from, offset + straight, ring, 0, given - straight);
        size += given;
        return given;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the pipe is closed");
        }
    }

    private void awaitWhile(BooleanSupplier condition) throws InterruptedIOException {
        try {
            while (condition.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted at a pipe");
        }
    }

    private final class Source extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return MemoryPipe.this.read(into, offset, length);
        }

        @Override
        public int available() {
            lock.lock();
            try {
                return size;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            MemoryPipe.this.close();
        }
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            MemoryPipe.this.write(from, offset, length);
        }

        @Override
        public void close() {
            MemoryPipe.this.close();
        }
    }
}
