package dev.mgmt.engine.world.http2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open streams and what the peer allows to send on them. Its monitor guards all of it and is
 * never held while bytes move; who has to wait for the peer waits on it.
 *
 * <p>Once {@link #over} is set no stream is opened any more; who waits is woken.
 */
final class Streams {
    private static final int DEFAULT_WINDOW = 65_535;
    private static final long MOST_ROOM = Integer.MAX_VALUE;

    private final Map<Integer, Exchange> open = new HashMap<>();
    private int nextId = 1;
    private int mostOpen = Integer.MAX_VALUE;
    private int initialRoom = DEFAULT_WINDOW;
    private int largestFrame = Frame.LARGEST;
    private long room = DEFAULT_WINDOW;
    private @Nullable IOException over;

    /** RFC 9113 section 5.1.2: blocks while the peer has as many as it wants. */
    synchronized void awaitPlace() throws IOException, InterruptedException {
        while (over == null && open.size() >= mostOpen) {
            wait();
        }
        requireNotOver();
    }

    /** Null if the place was taken meanwhile. */
    synchronized @Nullable Exchange open(Connection connection, Exchange.Listener listener)
            throws IOException {
        requireNotOver();
        if (open.size() >= mostOpen) {
            return null;
        }
        if (nextId < 0) {
            throw new IOException("the connection has no stream left");
        }
        Exchange exchange = new Exchange(connection, nextId, listener, initialRoom);
        nextId += 2;
        open.put(exchange.id(), exchange);
        return exchange;
    }

    private void requireNotOver() throws IOException {
        if (over != null) {
            throw new IOException(over.getMessage(), over);
        }
    }

    synchronized @Nullable Exchange find(int id) {
        return open.get(id);
    }

    /** RFC 9113 section 5.1: a frame on a stream that was never opened is a violation. */
    synchronized boolean wasOpened(int id) {
        return (id & 1) == 1 && (nextId < 0 || id < nextId);
    }

    /** Whether it was open until now. */
    synchronized boolean close(Exchange exchange) {
        boolean closed = open.remove(exchange.id(), exchange);
        if (closed) {
            notifyAll();
        }
        return closed;
    }

    synchronized boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Whether it ended, or the peer said that it takes no more, and nothing is left to wait for.
     */
    synchronized boolean isDrained() {
        return over != null && open.isEmpty();
    }

    /**
     * How much of the body may be sent at once now, at most what is wanted: RFC 9113 section 5.2.
     * That much is taken from both windows. Zero if it has to be waited for.
     */
    synchronized int claim(Exchange exchange, int wanted) throws IOException {
        if (!open.containsKey(exchange.id())) {
            throw new IOException(over == null ? "the stream has ended" : over.getMessage(), over);
        }
        long most = Math.min(Math.min(room, exchange.sendRoom), Math.min(wanted, largestFrame));
        int portion = (int) Math.max(most, 0);
        room -= portion;
        exchange.sendRoom -= portion;
        return portion;
    }

    synchronized void awaitRoom(Exchange exchange) throws InterruptedException {
        while (open.containsKey(exchange.id()) && (room <= 0 || exchange.sendRoom <= 0)) {
            wait();
        }
    }

    /** Claimed room that was not used after all. */
    synchronized void giveBack(int octets) {
        room += octets;
        notifyAll();
    }

    synchronized void sentAll(Exchange exchange) {
        exchange.sentAll = true;
    }

    synchronized boolean hasSentAll(Exchange exchange) {
        return exchange.sentAll;
    }

    synchronized int largestFrame() {
        return largestFrame;
    }

    synchronized void largestFrame(int octets) {
        largestFrame = octets;
    }

    synchronized void mostOpen(int count) {
        mostOpen = count < 0 ? Integer.MAX_VALUE : count;
        notifyAll();
    }

    /**
     * RFC 9113 section 6.9.2: holds for the streams that are open, too, and may leave them owing.
     */
    synchronized void initialRoom(int octets) throws ProtocolViolation {
        long difference = (long) octets - initialRoom;
        for (Exchange exchange : open.values()) {
            exchange.sendRoom = checked(exchange.sendRoom + difference);
        }
        initialRoom = octets;
        notifyAll();
    }

    synchronized void addRoom(int octets) throws ProtocolViolation {
        room = checked(room + octets);
        notifyAll();
    }

    synchronized void addRoom(Exchange exchange, int octets) throws ProtocolViolation {
        exchange.sendRoom = checked(exchange.sendRoom + octets);
        notifyAll();
    }

    private static long checked(long octets) throws ProtocolViolation {
        if (octets > MOST_ROOM) {
            throw new ProtocolViolation(
                    ErrorCode.FLOW_CONTROL_ERROR, "a window of more than 2^31-1 octets");
        }
        return octets;
    }

    /**
     * No stream is opened any more, and those above the given one have ended: RFC 9113 section 6.8.
     * Returns these. The first cause stands.
     */
    synchronized List<Exchange> end(int lastId, IOException cause) {
        if (over == null) {
            over = cause;
        }
        List<Exchange> ended = new ArrayList<>();
        for (Exchange exchange : open.values()) {
            if (exchange.id() > lastId) {
                ended.add(exchange);
            }
        }
        for (Exchange exchange : ended) {
            open.remove(exchange.id());
        }
        notifyAll();
        return ended;
    }
}
