package dev.mgmt.engine.dbus;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values out of bytes. Whole numbers of up to 32 bits with a sign become {@link Integer}, longer or
 * unsigned ones {@link Long}, texts, paths and signatures {@link String}, structs and arrays {@link
 * List}, dictionaries {@link Map}; a variant becomes what is in it.
 *
 * <p>Whatever the bytes are, it ends with values or a {@link ProtocolFault}: each value takes at
 * least one byte, nothing is longer than what is left, and nothing is nested without limit.
 */
final class BodyReader {
    private static final int DEEPEST = 64;

    private final ByteBuffer in;
    private int depth;

    /**
     * @param in position 0 is at a multiple of 8 of the message; its order is the sender's
     */
    BodyReader(ByteBuffer in) {
        this.in = in;
    }

    List<Object> all(List<Type> types) throws ProtocolFault {
        List<Object> values = new ArrayList<>(types.size());
        try {
            for (Type type : types) {
                values.add(one(type));
            }
        } catch (BufferUnderflowException e) {
            throw new ProtocolFault("a message that ends too early");
        }
        return values;
    }

    private Object one(Type type) throws ProtocolFault {
        depth++;
        if (depth > DEEPEST) {
            throw new ProtocolFault("values nested too deep");
        }
        align(type.alignment());
        Object value =
                switch (type) {
                    case Type.Basic(char code) -> basic(code);
                    case Type.Array(Type.Entry entry) -> dictionary(entry);
                    case Type.Array(Type element) -> array(element);
                    case Type.Struct(List<Type> members) -> all(members);
                    case Type.Variant _ -> one(Type.single(signature()));
                    case Type.Entry _ -> throw new ProtocolFault("an entry without a dictionary");
                };
        depth--;
        return value;
    }

    private Object basic(char code) throws ProtocolFault {
        return switch (code) {
            case 'y' -> in.get() & 0xff;
            case 'b' -> in.getInt() != 0;
            case 'n' -> (int) in.getShort();
            case 'q' -> in.getShort() & 0xffff;
            case 'i' -> in.getInt();
            case 'u', 'h' -> in.getInt() & 0xffffffffL;
            case 'x', 't' -> in.getLong();
            case 'd' -> in.getDouble();
            case 'g' -> signature();
            default -> text(length());
        };
    }

    private List<Object> array(Type element) throws ProtocolFault {
        int end = arrayEnd(element);
        List<Object> values = new ArrayList<>();
        while (in.position() < end) {
            values.add(one(element));
        }
        expectAt(end);
        return values;
    }

    private Map<Object, Object> dictionary(Type.Entry entry) throws ProtocolFault {
        int end = arrayEnd(entry);
        Map<Object, Object> values = new LinkedHashMap<>();
        while (in.position() < end) {
            align(entry.alignment());
            Object key = one(entry.key());
            values.put(key, one(entry.value()));
        }
        expectAt(end);
        return values;
    }

    private int arrayEnd(Type element) throws ProtocolFault {
        int length = length();
        align(element.alignment());
        if (length > in.remaining()) {
            throw new ProtocolFault("an array that is longer than its message");
        }
        return in.position() + length;
    }

    private void expectAt(int end) throws ProtocolFault {
        if (in.position() != end) {
            throw new ProtocolFault("an array whose last value does not end with it");
        }
    }

    private int length() throws ProtocolFault {
        int length = in.getInt();
        if (length < 0) {
            throw new ProtocolFault("a length over 2 GiB");
        }
        return length;
    }

    private String signature() throws ProtocolFault {
        return text(in.get() & 0xff);
    }

    private String text(int length) throws ProtocolFault {
        if (length >= in.remaining()) {
            throw new ProtocolFault("a text that is longer than its message");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        if (in.get() != 0) {
            throw new ProtocolFault("a text without its end");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void align(int alignment) throws ProtocolFault {
        int aligned = (in.position() + alignment - 1) / alignment * alignment;
        if (aligned > in.limit()) {
            throw new ProtocolFault("a message that ends too early");
        }
        in.position(aligned);
    }
}
