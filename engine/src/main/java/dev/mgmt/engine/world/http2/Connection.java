package dev.mgmt.engine.world.http2;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection, from the client's side, over a socket that is already connected: RFC 9113
 * section 3.3, prior knowledge. It begins with the first stream, and never anew.
 *
 * <p>One thread reads. Whoever has something to say writes it, under one lock; that is the reader
 * itself for the acknowledgements that the protocol asks for. A peer that stops reading until it
 * has been read would stop both: HTTP/2's flow control is there so that no peer needs to.
 *
 * <p>It ends once, whatever is first: the peer hangs up or breaks the protocol, writing fails, the
 * owner closes. Then every open stream's listener has been told, every later call fails with that
 * cause, and the socket is closed, which ends the reader as soon as its read returns.
 */
public final class Connection implements AutoCloseable {
    static final int STREAM_WINDOW = 1 << 20;
    static final int WINDOW = 16 << 20;
    static final int HEADER_OCTETS = 64 << 10;
    private static final int UNTOLD_WINDOW = 65_535;

    private final Socket socket;
    private final Streams streams = new Streams();

    /** Guards the writer and the stream under it. */
    private final ReentrantLock writing = new ReentrantLock();

    private final FrameWriter writer = new FrameWriter();

    /** Null before the first stream. */
    private @Nullable OutputStream out;

    private volatile long heardAt = System.nanoTime();

    /** Takes the socket over: it is closed when the connection ends. */
    public Connection(Socket socket) {
        this.socket = socket;
    }

    /**
     * Opens a stream with the headers of a request. They leave together with the first part of the
     * body. Blocks while the peer wants no more streams.
     */
    public Exchange open(List<Header> headers, Exchange.Listener listener)
            throws IOException, InterruptedException {
        byte[] block = HeaderEncoder.encode(headers);
        while (true) {
            streams.awaitPlace();
            Exchange exchange = open(block, listener);
            if (exchange != null) {
                return exchange;
            }
        }
    }

    /** 5.1.1: streams are numbered in the order in which they are opened on the wire. */
    private @Nullable Exchange open(byte[] block, Exchange.Listener listener)
            throws IOException, InterruptedException {
        writing.lockInterruptibly();
        try {
            if (out == null) {
                begin();
            }
            Exchange exchange = streams.open(this, listener);
            if (exchange != null) {
                writer.headers(exchange.id(), block, streams.largestFrame());
            }
            return exchange;
        } finally {
            writing.unlock();
        }
    }

    private void begin() throws IOException {
        socket.setTcpNoDelay(true);
        FrameReader in = new FrameReader(socket.getInputStream());
        out = socket.getOutputStream();
        writer.preface(STREAM_WINDOW, HEADER_OCTETS);
        writer.windowUpdate(0, WINDOW - UNTOLD_WINDOW);
        heardAt = System.nanoTime();
        Thread reader = new Thread(new Reader(in), "store-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Not a lambda: the first one of a process costs as much as the whole handshake. */
    private final class Reader implements Runnable {
        private final FrameReader in;
        private final Incoming incoming = new Incoming(Connection.this, streams);

        Reader(FrameReader in) {
            this.in = in;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Frame frame = in.next();
                    heardAt = System.nanoTime();
                    incoming.take(frame);
                }
            } catch (ProtocolViolation e) {
                sayGoodbye(e);
                end(e);
            } catch (IOException e) {
                end(e);
            } catch (RuntimeException e) {
                end(new IOException("reading from the other end failed: " + e, e));
                throw e;
            }
        }
    }

    /** 5.4.1: the peer is told why, unless somebody is stuck telling it something else. */
    private void sayGoodbye(ProtocolViolation violation) {
        if (writing.tryLock()) {
            try {
                writer.goAway(violation.code(), String.valueOf(violation.getMessage()));
            } finally {
                flushAndUnlock();
            }
        }
    }

    /** The listeners first: closing may have to wait for a write that is stuck. */
    private void end(IOException cause) {
        for (Exchange exchange : streams.end(0, cause)) {
            exchange.listener().lost(cause);
        }
        try {
            socket.close();
        } catch (IOException _) {
            // Nobody uses it any more.
        }
    }

    /** Ends it because of what its owner has found out. */
    public void abandon(String reason) {
        end(new IOException(reason));
    }

    /** Ends every stream. Does not wait for the reader, whose read may not end before the peer. */
    @Override
    public void close() {
        abandon("the connection was closed");
    }

    /** When the last frame came, on {@link System#nanoTime}'s clock. */
    public long heardAt() {
        return heardAt;
    }

    /** Whether somebody waits for the peer. */
    public boolean isAwaited() {
        return !streams.isEmpty();
    }

    /** Whether nothing comes any more. */
    public boolean hasEnded() {
        return streams.isDrained();
    }

    /** Asks a connection that has begun for a sign of life: RFC 9113 section 6.7. */
    public void ping() {
        writing.lock();
        try {
            writer.ping(0, new byte[8]);
        } finally {
            flushAndUnlock();
        }
    }

    void send(Exchange exchange, byte[] body, int lastFlag)
            throws IOException, InterruptedException {
        int sent = 0;
        do {
            int portion = streams.claim(exchange, body.length - sent);
            if (portion > 0 || body.length == 0) {
                int flag = sent + portion == body.length ? lastFlag : 0;
                sendPortion(exchange, body, sent, portion, flag);
                sent += portion;
            } else {
                flush();
                streams.awaitRoom(exchange);
            }
        } while (sent < body.length);
    }

    /** Claimed room has to be used or given back, so that this is not interrupted. */
    private void sendPortion(Exchange exchange, byte[] body, int from, int length, int flag) {
        writing.lock();
        try {
            if (streams.find(exchange.id()) == null) {
                streams.giveBack(length); // cancelled meanwhile: nothing may follow that
                return;
            }
            if (flag == Frame.END_STREAM) {
                streams.sentAll(exchange);
            }
            writer.data(exchange.id(), body, from, length, flag);
        } finally {
            flushAndUnlock();
        }
    }

    private void flush() {
        writing.lock();
        flushAndUnlock();
    }

    void cancel(Exchange exchange) {
        if (streams.close(exchange)) {
            reset(exchange, ErrorCode.CANCEL);
            closeIfDrained();
        }
    }

    void reset(Exchange exchange, ErrorCode code) {
        writing.lock();
        try {
            writer.reset(exchange.id(), code);
        } finally {
            flushAndUnlock();
        }
    }

    void grant(Exchange exchange, int octets) {
        if (streams.find(exchange.id()) != null) {
            grant(exchange.id(), octets);
        }
    }

    /**
     * @param stream 0 for the connection
     */
    void grant(int stream, int octets) {
        writing.lock();
        try {
            writer.windowUpdate(stream, octets);
        } finally {
            flushAndUnlock();
        }
    }

    void acknowledgeSettings() {
        writing.lock();
        try {
            writer.settingsAck();
        } finally {
            flushAndUnlock();
        }
    }

    void answerPing(byte[] payload) {
        writing.lock();
        try {
            writer.ping(Frame.ACK, payload);
        } finally {
            flushAndUnlock();
        }
    }

    private void flushAndUnlock() {
        IOException failure = null;
        try {
            if (out != null) {
                writer.flush(out);
            }
        } catch (IOException e) {
            failure = e;
        } finally {
            writing.unlock();
        }
        if (failure != null) {
            end(failure);
        }
    }

    /** 6.8: streams above the last one taken never were; the others go on to their end. */
    void turnedAway(int lastId, ErrorCode code, String reason) {
        IOException cause =
                new IOException("the other end is leaving (" + code + ") " + reason.strip());
        for (Exchange exchange : streams.end(lastId, cause)) {
            exchange.listener().lost(cause);
        }
        closeIfDrained();
    }

    void closeIfDrained() {
        if (streams.isDrained()) {
            close();
        }
    }
}
