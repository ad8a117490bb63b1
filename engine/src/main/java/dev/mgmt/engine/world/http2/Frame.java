package dev.mgmt.engine.world.http2;

/** RFC 9113 section 4.1; types and flags of section 6. */
final class Frame {
    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int PRIORITY = 0x2;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PUSH_PROMISE = 0x5;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITISED = 0x20;

    /** The largest payload as long as nothing else was agreed on: RFC 9113 section 4.2. */
    static final int LARGEST = 16_384;

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    Frame(int type, int flags, int stream, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    int type() {
        return type;
    }

    int stream() {
        return stream;
    }

    byte[] payload() {
        return payload;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int length() {
        return payload.length;
    }

    /** Four octets of the payload. */
    int number(int from) {
        return ((payload[from] & 0xff) << 24)
                | ((payload[from + 1] & 0xff) << 16)
                | ((payload[from + 2] & 0xff) << 8)
                | (payload[from + 3] & 0xff);
    }

    void requireLength(int expected) throws ProtocolViolation {
        if (payload.length != expected) {
            throw new ProtocolViolation(
                    ErrorCode.FRAME_SIZE_ERROR,
                    "a frame of type " + type + " has " + payload.length + " octets");
        }
    }

    void requireConnection() throws ProtocolViolation {
        if (stream != 0) {
            throw misplaced();
        }
    }

    void requireStream() throws ProtocolViolation {
        if (stream == 0) {
            throw misplaced();
        }
    }

    ProtocolViolation misplaced() {
        return new ProtocolViolation(
                ErrorCode.PROTOCOL_ERROR, "a frame of type " + type + " on stream " + stream);
    }
}
