package dev.mgmt.engine.world.http2;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts frames together (RFC 9113 sections 4.1 and 6) in a buffer which a flush sends in one write:
 * a call's frames are one packet. Not safe for several threads.
 */
final class FrameWriter {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int ENABLE_PUSH = 0x2;
    private static final int INITIAL_WINDOW_SIZE = 0x4;
    private static final int MAX_HEADER_LIST_SIZE = 0x6;

    private byte[] buffer = new byte[1024];
    private int size;

    void flush(OutputStream out) throws IOException {
        if (size > 0) {
            int length = size;
            size = 0;
            out.write(buffer, 0, length);
            out.flush();
        }
    }

    /** RFC 9113 section 3.4 */
    void preface(int initialWindow, int mostHeaderOctets) {
        put(PREFACE, 0, PREFACE.length);
        head(18, Frame.SETTINGS, 0, 0);
        setting(ENABLE_PUSH, 0);
        setting(INITIAL_WINDOW_SIZE, initialWindow);
        setting(MAX_HEADER_LIST_SIZE, mostHeaderOctets);
    }

    private void setting(int name, int value) {
        put(name >> 8);
        put(name);
        number(value);
    }

    void settingsAck() {
        head(0, Frame.SETTINGS, Frame.ACK, 0);
    }

    /** RFC 9113 section 4.3: what does not fit one frame goes on in others right behind it. */
    void headers(int stream, byte[] block, int largest) {
        int from = 0;
        int type = Frame.HEADERS;
        do {
            int length = Math.min(largest, block.length - from);
            boolean last = from + length == block.length;
            head(length, type, last ? Frame.END_HEADERS : 0, stream);
            put(block, from, length);
            from += length;
            type = Frame.CONTINUATION;
        } while (from < block.length);
    }

    void data(int stream, byte[] bytes, int from, int length, int flags) {
        head(length, Frame.DATA, flags, stream);
        put(bytes, from, length);
    }

    void reset(int stream, ErrorCode code) {
        head(4, Frame.RST_STREAM, 0, stream);
        number(code.number());
    }

    void ping(int flags, byte[] payload) {
        head(payload.length, Frame.PING, flags, 0);
        put(payload, 0, payload.length);
    }

    /** The peer opens no streams here, so that the last one taken is always 0. */
    void goAway(ErrorCode code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, 256);
        head(8 + length, Frame.GOAWAY, 0, 0);
        number(0);
        number(code.number());
        put(text, 0, length);
    }

    void windowUpdate(int stream, int increment) {
        head(4, Frame.WINDOW_UPDATE, 0, stream);
        number(increment);
    }

    private void head(int length, int type, int flags, int stream) {
        put(length >> 16);
        put(length >> 8);
        put(length);
        put(type);
        put(flags);
        number(stream);
    }

    private void number(int value) {
        put(value >> 24);
        put(value >> 16);
        put(value >> 8);
        put(value);
    }

    private void put(int octet) {
        reserve(1);
        buffer[size++] = (byte) octet;
    }

    private void put(byte[] bytes, int from, int length) {
        reserve(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
        }
    }
}
