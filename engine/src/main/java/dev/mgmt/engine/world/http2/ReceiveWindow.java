package dev.mgmt.engine.world.http2;

/**
 * What the peer may still send: RFC 9113 section 5.2. What was used up is granted anew half a
 * window at a time, so that a stream of small frames does not cost an update each.
 */
final class ReceiveWindow {
    private final int size;
    private long room;
    private long consumed;

    ReceiveWindow(int size) {
        this.size = size;
        this.room = size;
    }

    synchronized void receive(int octets) throws ProtocolViolation {
        room -= octets;
        if (room < 0) {
            throw new ProtocolViolation(
                    ErrorCode.FLOW_CONTROL_ERROR, "more data was sent than was asked for");
        }
    }

    /** Octets that are done with. Returns what is to be granted now, which may be nothing. */
    synchronized int consume(int octets) {
        consumed += octets;
        if (consumed < size / 2) {
            return 0;
        }
        int grant = (int) Math.min(consumed, Integer.MAX_VALUE - Math.max(room, 0));
        consumed -= grant;
        room += grant;
        return grant;
    }

    /**
     * Octets that were consumed, but turn out to be kept for a while: grants fall behind by that
     * much until they are consumed again.
     */
    synchronized void retain(int octets) {
        consumed -= octets;
    }
}
