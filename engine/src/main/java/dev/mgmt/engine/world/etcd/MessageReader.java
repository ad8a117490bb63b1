package dev.mgmt.engine.world.etcd;

import java.nio.charset.StandardCharsets;

/**
 * Reads one message, field by field: {@link #next}, then look at {@link #field} and take its value
 * as what it should be. A field that nobody takes is skipped.
 */
final class MessageReader {
    private static final int FIXED64 = 1;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int type;
    private boolean taken = true;

    MessageReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private MessageReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Whether there is one more. */
    boolean next() throws MalformedMessage {
        if (!taken) {
            skip();
        }
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        if (field <= 0) {
            throw new MalformedMessage("a field has no number");
        }
        type = (int) (tag & 7);
        taken = false;
        return true;
    }

    int field() {
        return field;
    }

    long number() throws MalformedMessage {
        expect(MessageWriter.VARINT);
        return varint();
    }

    String text() throws MalformedMessage {
        int length = length();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    MessageReader message() throws MalformedMessage {
        int length = length();
        at += length;
        return new MessageReader(bytes, at - length, at);
    }

    private int length() throws MalformedMessage {
        expect(MessageWriter.LENGTH);
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new MalformedMessage("field " + field + " is longer than its message");
        }
        return (int) length;
    }

    private void expect(int expected) throws MalformedMessage {
        if (type != expected) {
            throw new MalformedMessage("field " + field + " has wire type " + type);
        }
        taken = true;
    }

    private void skip() throws MalformedMessage {
        switch (type) {
            case MessageWriter.VARINT -> varint();
            case MessageWriter.LENGTH -> skip(length());
            case FIXED32 -> skip(4);
            case FIXED64 -> skip(8);
            default ->
                    throw new MalformedMessage("field " + field + " has unknown wire type " + type);
        }
    }

    private void skip(int octets) throws MalformedMessage {
        if (octets > end - at) {
            throw new MalformedMessage("field " + field + " is longer than its message");
        }
        at += octets;
    }

    private long varint() throws MalformedMessage {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == end) {
                throw new MalformedMessage("a message ends within a number");
            }
            int octet = bytes[at++];
            value |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new MalformedMessage("a number of more than ten octets");
    }
}
