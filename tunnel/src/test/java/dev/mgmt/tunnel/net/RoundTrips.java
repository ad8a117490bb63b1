package dev.mgmt.tunnel.net;

/**
 * Counts on the wire how often this end had to wait for the other: packets with data that went up,
 * after such packets had come down, begin a new round trip.
 */
public final class RoundTrips {
    private static final int TCP = 6;
    private static final int WORD = 4;
    private static final int NIBBLE = 0xf;

    private enum Way {
        NONE,
        UP,
        DOWN
    }

    private Way last = Way.NONE;
    private int begun;
    private long bytesUp;
    private long bytesDown;

    synchronized void up(byte[] packet) {
        int data = data(packet);
        if (data > 0) {
            bytesUp += data;
            if (last != Way.UP) {
                begun++;
            }
            last = Way.UP;
        }
    }

    synchronized void down(byte[] packet) {
        int data = data(packet);
        if (data > 0) {
            bytesDown += data;
            last = Way.DOWN;
        }
    }

    /** Bytes above TCP; connecting and acknowledging carry none. */
    private static int data(byte[] packet) {
        boolean isTcp = packet.length > 20 && packet[0] >> WORD == WORD && packet[9] == TCP;
        if (!isTcp) {
            return 0;
        }
        int head = (packet[0] & NIBBLE) * WORD;
        int tcpHead = ((packet[head + 12] >> WORD) & NIBBLE) * WORD;
        return packet.length - head - tcpHead;
    }

    /** Begun by this end since the count was last {@link #restart started}. */
    public synchronized int begun() {
        return begun;
    }

    public synchronized long bytesUp() {
        return bytesUp;
    }

    public synchronized long bytesDown() {
        return bytesDown;
    }

    public synchronized void restart() {
        begun = 0;
        bytesUp = 0;
        bytesDown = 0;
        last = Way.NONE;
    }
}
