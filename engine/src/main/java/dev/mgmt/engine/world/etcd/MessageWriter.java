package dev.mgmt.engine.world.etcd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one message in protocol buffers' encoding (protobuf.dev/programming-guides/encoding): a
 * tag of field number and wire type before each field. As in proto3, a zero or an empty string is
 * not written.
 */
final class MessageWriter {
    static final int VARINT = 0;
    static final int LENGTH = 2;

    private byte[] buffer = new byte[64];
    private int size;

    MessageWriter number(int field, long value) {
        return value == 0 ? this : choice(field, value);
    }

    /** One of several fields of which one is set: that it is there says something even if zero. */
    MessageWriter choice(int field, long value) {
        varint(((long) field << 3) | VARINT);
        varint(value);
        return this;
    }

    MessageWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    MessageWriter bytes(int field, byte[] value) {
        if (value.length > 0) {
            put(field, value, value.length);
        }
        return this;
    }

    /** A message in this one, even if it is empty: that it is there says something. */
    MessageWriter message(int field, MessageWriter value) {
        put(field, value.buffer, value.size);
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void put(int field, byte[] value, int length) {
        varint(((long) field << 3) | LENGTH);
        varint(length);
        reserve(length);
        System.arraycopy(value, 0, buffer, size, length);
        size += length;
    }

    /** Seven bits an octet, lowest first; negative numbers take ten. */
    private void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
        }
    }
}
