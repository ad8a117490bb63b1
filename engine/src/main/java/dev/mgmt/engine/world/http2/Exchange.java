package dev.mgmt.engine.world.http2;

import java.io.IOException;
import java.util.List;

/**
 * One stream: RFC 9113 section 5. It is open from when it is made until {@link Listener} was told
 * how it ended, or it was cancelled.
 */
public final class Exchange {
    /**
     * What came from the peer, told by the connection's reader: must not block. The last call is
     * one of finished, reset and lost; none follows a {@link #cancel}.
     */
    public interface Listener {
        void headers(List<Header> headers);

        /** A part of the body. It has to be {@link Exchange#consumed} for more to come. */
        void data(Exchange exchange, byte[] bytes, int from, int to);

        void finished();

        void reset(ErrorCode code);

        void lost(IOException cause);
    }

    private final Connection connection;
    private final int id;
    private final Listener listener;
    private final ReceiveWindow window = new ReceiveWindow(Connection.STREAM_WINDOW);

    /** What may still be sent, below zero after the peer took some back. Guarded by Streams. */
    long sendRoom;

    /** Whether END_STREAM was sent. Guarded by Streams. */
    boolean sentAll;

    Exchange(Connection connection, int id, Listener listener, long sendRoom) {
        this.connection = connection;
        this.id = id;
        this.listener = listener;
        this.sendRoom = sendRoom;
    }

    int id() {
        return id;
    }

    Listener listener() {
        return listener;
    }

    ReceiveWindow window() {
        return window;
    }

    /** Blocks while the peer takes no more. Calls for one exchange must not overlap. */
    public void send(byte[] body) throws IOException, InterruptedException {
        connection.send(this, body, 0);
    }

    /** The last of the body. */
    public void sendLast(byte[] body) throws IOException, InterruptedException {
        connection.send(this, body, Frame.END_STREAM);
    }

    /** The peer may send that much more. */
    public void consumed(int octets) {
        int grant = window.consume(octets);
        if (grant > 0) {
            connection.grant(this, grant);
        }
    }

    /** Consumed octets that are kept after all, until they are consumed a second time. */
    public void retained(int octets) {
        window.retain(octets);
    }

    /** Ends it at once; does nothing if it has ended. */
    public void cancel() {
        connection.cancel(this);
    }
}
