package dev.mgmt.engine.dbus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Values as bytes, little endian (D-Bus Specification, "Marshaling"). Positions count from the
 * start of the message or of its body, which is at a multiple of 8.
 */
final class BodyWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    byte[] bytes() {
        return out.toByteArray();
    }

    void write(List<Type> types, List<?> values) {
        if (types.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + types);
        }
        for (int i = 0; i < types.size(); i++) {
            write(types.get(i), values.get(i));
        }
    }

    private void write(Type type, Object value) {
        pad(type.alignment());
        switch (type) {
            case Type.Basic(char code) -> basic(code, value);
            case Type.Array(Type element) -> array(element, (List<?>) value);
            case Type.Struct(List<Type> members) -> write(members, (List<?>) value);
            case Type.Entry _, Type.Variant _ ->
                    throw new IllegalArgumentException("only read, never written: " + type);
        }
    }

    private void basic(char code, Object value) {
        switch (code) {
            case 'y' -> out.write(((Number) value).intValue());
            case 'b' -> number((Boolean) value ? 1 : 0, 4);
            case 'n', 'q' -> number(((Number) value).longValue(), 2);
            case 'i', 'u', 'h' -> number(((Number) value).longValue(), 4);
            case 'x', 't' -> number(((Number) value).longValue(), 8);
            case 'd' -> number(Double.doubleToRawLongBits((Double) value), 8);
            case 'g' -> signature((String) value);
            case 's', 'o' -> text((String) value);
            default -> throw new IllegalArgumentException("no type: " + code);
        }
    }

    private void array(Type element, List<?> values) {
        BodyWriter elements = new BodyWriter();
        elements.startAt(position() + 4, element.alignment());
        int start = elements.position();
        for (Object value : values) {
            elements.write(element, value);
        }
        byte[] bytes = elements.bytes();
        number(bytes.length - start, 4);
        pad(element.alignment());
        out.write(bytes, start, bytes.length - start);
    }

    /** Begins with as many bytes as make positions agree with those of the whole. */
    private void startAt(int position, int alignment) {
        int start = (position + alignment - 1) / alignment * alignment % 8;
        out.write(new byte[start], 0, start);
    }

    private int position() {
        return out.size();
    }

    void pad(int alignment) {
        while (position() % alignment != 0) {
            out.write(0);
        }
    }

    void number(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length, 4);
        out.write(bytes, 0, bytes.length);
        out.write(0);
    }

    void signature(String signature) {
        byte[] bytes = signature.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes.length);
        out.write(bytes, 0, bytes.length);
        out.write(0);
    }

    void raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }
}
