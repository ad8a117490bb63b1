package dev.mgmt.tunnel.etcd;

/**
 * One HTTP/2 frame as it passes by (RFC 9113, section 4.1).
 *
 * @param word of a WINDOW_UPDATE the increment, of all others 0
 */
record Frame(int type, int flags, int stream, int length, int word) {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    /** Of HEADERS and CONTINUATION: the block ends here. */
    static final int END_HEADERS = 4;

    /** Of DATA and HEADERS: the stream ends here. */
    static final int END_STREAM = 1;

    /** Of SETTINGS and PING. */
    static final int ACK = 1;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
