package dev.mgmt.engine.world.grpc;

import java.util.Arrays;

/**
 * Puts messages together from the parts of a body: a flag for compression, four octets of length,
 * the message. Memory is taken as data comes, not as a length promises.
 */
final class Assembly {
    static final int PREFIX = 5;
    private static final int FIRST_ROOM = 256;

    private final int longest;
    private final byte[] prefix = new byte[PREFIX];
    private int prefixSize;
    private byte[] message = new byte[0];
    private int size;
    private int length;

    Assembly(int longest) {
        this.longest = longest;
    }

    /** What is wrong with the body so that no message can be made of it. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** Takes what belongs to the message under way; returns where the next one begins. */
    int take(byte[] bytes, int from, int to) throws Malformed {
        int at = from;
        while (prefixSize < PREFIX && at < to) {
            prefix[prefixSize++] = bytes[at++];
            if (prefixSize == PREFIX) {
                begin();
            }
        }
        int part = prefixSize < PREFIX ? 0 : Math.min(to - at, length - size);
        if (part > 0) {
            reserve(part);
            System.arraycopy(bytes, at, message, size, part);
            size += part;
        }
        return at + part;
    }

    private void begin() throws Malformed {
        if (prefix[0] != 0) {
            throw new Malformed("the other end compressed a message without being asked to");
        }
        length =
                ((prefix[1] & 0xff) << 24)
                        | ((prefix[2] & 0xff) << 16)
                        | ((prefix[3] & 0xff) << 8)
                        | (prefix[4] & 0xff);
        if (length < 0 || length > longest) {
            throw new Malformed(
                    "a message of "
                            + Integer.toUnsignedString(length)
                            + " octets, where at most "
                            + longest
                            + " are taken");
        }
        message = new byte[Math.min(length, FIRST_ROOM)];
        size = 0;
    }

    private void reserve(int more) {
        if (message.length - size < more) {
            int room = Math.min(length, Math.max(4 * message.length, size + more));
            message = Arrays.copyOf(message, room);
        }
    }

    boolean isWhole() {
        return prefixSize == PREFIX && size == length;
    }

    boolean isEmpty() {
        return prefixSize == 0;
    }

    /** The whole message, which is its receiver's from now on. */
    byte[] remove() {
        prefixSize = 0;
        byte[] whole = message;
        message = new byte[0];
        return whole.length == length ? whole : Arrays.copyOf(whole, length);
    }

    /** A message with its prefix. */
    static byte[] framed(byte[] message) {
        byte[] framed = new byte[PREFIX + message.length];
        framed[1] = (byte) (message.length >> 24);
        framed[2] = (byte) (message.length >> 16);
        framed[3] = (byte) (message.length >> 8);
        framed[4] = (byte) message.length;
        System.arraycopy(message, 0, framed, PREFIX, message.length);
        return framed;
    }
}
