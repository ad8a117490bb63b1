package dev.mgmt.engine.world.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each frame of the peer means: RFC 9113 sections 5 and 6. Run by the connection's reader
 * alone.
 */
final class Incoming {
    private static final int TABLE_OCTETS = 4096;

    /** Of settings: RFC 9113 section 6.5.2. */
    private static final int ENABLE_PUSH = 0x2;

    private static final int MAX_CONCURRENT_STREAMS = 0x3;
    private static final int INITIAL_WINDOW_SIZE = 0x4;
    private static final int MAX_FRAME_SIZE = 0x5;

    private final Connection connection;
    private final Streams streams;
    private final HeaderDecoder headers = new HeaderDecoder(TABLE_OCTETS, Connection.HEADER_OCTETS);
    private final ReceiveWindow window = new ReceiveWindow(Connection.WINDOW);
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    /** The HEADERS frame whose block goes on in the next frame. */
    private @Nullable Frame unfinished;

    private boolean greeted;

    Incoming(Connection connection, Streams streams) {
        this.connection = connection;
        this.streams = streams;
    }

    void take(Frame frame) throws IOException {
        requireExpected(frame);
        switch (frame.type()) {
            case Frame.DATA -> takeData(frame);
            case Frame.HEADERS -> takeHeaders(frame);
            case Frame.CONTINUATION -> takeContinuation(frame);
            case Frame.RST_STREAM -> takeReset(frame);
            case Frame.SETTINGS -> takeSettings(frame);
            case Frame.PING -> takePing(frame);
            case Frame.GOAWAY -> takeGoAway(frame);
            case Frame.WINDOW_UPDATE -> takeWindowUpdate(frame);
            case Frame.PUSH_PROMISE -> throw frame.misplaced(); // 8.4: switched off
            case Frame.PRIORITY -> frame.requireStream(); // 5.3.2: has no meaning any more
            default -> {} // 5.5: unknown frames are ignored
        }
    }

    /** 3.4: settings come first. 6.10: nothing comes between the parts of a header block. */
    private void requireExpected(Frame frame) throws ProtocolViolation {
        if (!greeted && frame.type() != Frame.SETTINGS) {
            throw new ProtocolViolation(
                    ErrorCode.PROTOCOL_ERROR, "the other end does not speak HTTP/2");
        }
        boolean continues = frame.type() == Frame.CONTINUATION;
        if (unfinished == null ? continues : !continues || frame.stream() != unfinished.stream()) {
            throw frame.misplaced();
        }
    }

    /** Null if it is closed: what was under way when it was closed is to be ignored (5.1). */
    private @Nullable Exchange exchange(Frame frame) throws ProtocolViolation {
        frame.requireStream();
        if (!streams.wasOpened(frame.stream())) {
            throw frame.misplaced();
        }
        return streams.find(frame.stream());
    }

    /** 6.1. The whole frame counts for the windows, padding included. */
    private void takeData(Frame frame) throws IOException {
        Exchange exchange = exchange(frame);
        window.receive(frame.length());
        int grant = window.consume(frame.length());
        if (grant > 0) {
            connection.grant(0, grant);
        }
        int from = frame.has(Frame.PADDED) ? 1 : 0;
        int to = frame.length() - padding(frame);
        if (to < from) {
            throw paddedTooMuch();
        }
        if (exchange == null) {
            return;
        }
        exchange.window().receive(frame.length());
        if (to > from) {
            exchange.listener().data(exchange, frame.payload(), from, to);
        }
        if (frame.has(Frame.END_STREAM)) {
            finish(exchange);
        } else {
            exchange.consumed(frame.length() - (to - from));
        }
    }

    private static int padding(Frame frame) throws ProtocolViolation {
        if (!frame.has(Frame.PADDED)) {
            return 0;
        }
        if (frame.length() == 0) {
            throw paddedTooMuch();
        }
        return frame.payload()[0] & 0xff;
    }

    private static ProtocolViolation paddedTooMuch() {
        return new ProtocolViolation(
                ErrorCode.PROTOCOL_ERROR, "a frame has more padding than it has octets");
    }

    /** 6.2 */
    private void takeHeaders(Frame frame) throws IOException {
        frame.requireStream();
        int from = frame.has(Frame.PADDED) ? 1 : 0;
        int to = frame.length() - padding(frame);
        if (frame.has(Frame.PRIORITISED)) {
            from += 5;
        }
        if (to < from) {
            throw paddedTooMuch();
        }
        block.reset();
        block.write(frame.payload(), from, to - from);
        continueBlock(frame, frame.has(Frame.END_HEADERS));
    }

    /** 6.10 */
    private void takeContinuation(Frame frame) throws IOException {
        if (unfinished == null) {
            throw frame.misplaced();
        }
        block.write(frame.payload(), 0, frame.length());
        continueBlock(unfinished, frame.has(Frame.END_HEADERS));
    }

    private void continueBlock(Frame first, boolean last) throws IOException {
        if (block.size() > Connection.HEADER_OCTETS) {
            throw new ProtocolViolation(
                    ErrorCode.ENHANCE_YOUR_CALM,
                    "headers of more than " + Connection.HEADER_OCTETS + " octets");
        }
        if (!last) {
            unfinished = first;
            return;
        }
        unfinished = null;
        List<Header> list = headers.decode(block.toByteArray());
        Exchange exchange = exchange(first);
        if (exchange != null) {
            exchange.listener().headers(list);
            if (first.has(Frame.END_STREAM)) {
                finish(exchange);
            }
        }
    }

    /** 8.1: a whole answer makes the rest of the request pointless. */
    private void finish(Exchange exchange) throws IOException {
        boolean pointless = !streams.hasSentAll(exchange);
        if (!streams.close(exchange)) {
            return; // cancelled by its listener while it was told
        }
        if (pointless) {
            connection.reset(exchange, ErrorCode.CANCEL);
        }
        exchange.listener().finished();
        connection.closeIfDrained();
    }

    /** 6.4 */
    private void takeReset(Frame frame) throws IOException {
        frame.requireLength(4);
        Exchange exchange = exchange(frame);
        if (exchange != null && streams.close(exchange)) {
            exchange.listener().reset(ErrorCode.of(frame.number(0)));
            connection.closeIfDrained();
        }
    }

    /** 6.5 */
    private void takeSettings(Frame frame) throws IOException {
        frame.requireConnection();
        greeted = true;
        if (frame.has(Frame.ACK)) {
            frame.requireLength(0);
            return;
        }
        if (frame.length() % 6 != 0) {
            frame.requireLength(frame.length() / 6 * 6);
        }
        for (int at = 0; at < frame.length(); at += 6) {
            int name = ((frame.payload()[at] & 0xff) << 8) | (frame.payload()[at + 1] & 0xff);
            takeSetting(name, frame.number(at + 2));
        }
        connection.acknowledgeSettings();
    }

    /** 6.5.2; numbers are unsigned, so that what looks negative is very large. */
    private void takeSetting(int name, int value) throws ProtocolViolation {
        switch (name) {
            case ENABLE_PUSH -> require(value == 0, ErrorCode.PROTOCOL_ERROR, name, value);
            case MAX_CONCURRENT_STREAMS -> streams.mostOpen(value);
            case INITIAL_WINDOW_SIZE -> {
                require(value >= 0, ErrorCode.FLOW_CONTROL_ERROR, name, value);
                streams.initialRoom(value);
            }
            case MAX_FRAME_SIZE -> {
                boolean allowed = value >= Frame.LARGEST && value < 1 << 24;
                require(allowed, ErrorCode.PROTOCOL_ERROR, name, value);
                streams.largestFrame(value);
            }
            default -> {} // unknown ones are ignored; the rest is about what is not done here
        }
    }

    private static void require(boolean allowed, ErrorCode code, int name, int value)
            throws ProtocolViolation {
        if (!allowed) {
            throw new ProtocolViolation(
                    code, "setting " + name + " is " + Integer.toUnsignedString(value));
        }
    }

    /** 6.7 */
    private void takePing(Frame frame) throws IOException {
        frame.requireConnection();
        frame.requireLength(8);
        if (!frame.has(Frame.ACK)) {
            connection.answerPing(frame.payload());
        }
    }

    /** 6.8 */
    private void takeGoAway(Frame frame) throws IOException {
        frame.requireConnection();
        if (frame.length() < 8) {
            frame.requireLength(8);
        }
        int lastId = frame.number(0) & Integer.MAX_VALUE;
        ErrorCode code = ErrorCode.of(frame.number(4));
        String reason = new String(frame.payload(), 8, frame.length() - 8, StandardCharsets.UTF_8);
        connection.turnedAway(lastId, code, reason);
    }

    /** 6.9 */
    private void takeWindowUpdate(Frame frame) throws IOException {
        frame.requireLength(4);
        int increment = frame.number(0) & Integer.MAX_VALUE;
        if (increment == 0) {
            throw new ProtocolViolation(ErrorCode.PROTOCOL_ERROR, "a window grows by nothing");
        }
        if (frame.stream() == 0) {
            streams.addRoom(increment);
            return;
        }
        Exchange exchange = exchange(frame);
        if (exchange != null) {
            streams.addRoom(exchange, increment);
        }
    }
}
