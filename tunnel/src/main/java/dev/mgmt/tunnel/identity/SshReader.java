package dev.mgmt.tunnel.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what RFC 4251 section 5 defines, from bytes that somebody else made: no length is believed
 * before it is seen to fit.
 */
public final class SshReader {
    private final byte[] bytes;
    private int next;

    public SshReader(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** What is read is not what it claims to be. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        public Malformed(String message) {
            super(message);
        }
    }

    public int remaining() {
        return bytes.length - next;
    }

    /** Bytes read so far. */
    public int position() {
        return next;
    }

    public int uint8() throws Malformed {
        need(1);
        return bytes[next++] & 0xff;
    }

    public long uint32() throws Malformed {
        return number(Integer.BYTES) & 0xffff_ffffL;
    }

    /** Unsigned: compare with {@link Long#compareUnsigned}. */
    public long uint64() throws Malformed {
        return number(Long.BYTES);
    }

    private long number(int width) throws Malformed {
        need(width);
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = (number << 8) | (bytes[next++] & 0xff);
        }
        return number;
    }

    public byte[] string() throws Malformed {
        long length = uint32();
        need(length);
        byte[] value = Arrays.copyOfRange(bytes, next, next + (int) length);
        next += (int) length;
        return value;
    }

    /** A string that is a name: ASCII, as all names of the protocol are. */
    public String text() throws Malformed {
        return new String(string(), StandardCharsets.ISO_8859_1);
    }

    private void need(long count) throws Malformed {
        if (count > remaining()) {
            throw new Malformed("cut short: " + count + " bytes wanted, " + remaining() + " left");
        }
    }
}
