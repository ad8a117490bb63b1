package dev.mgmt.engine.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message (D-Bus Specification, "Message Format").
 *
 * @param serial the sender's number for it; never 0
 * @param header its header fields, the signature among them
 * @param body its values, as {@link BodyReader} has them
 */
record Message(Kind kind, long serial, Map<Field, Object> header, List<Object> body) {
    private static final int PROTOCOL_VERSION = 1;

    /**
     * The specification allows 128 MiB, and values need several times their bytes in memory. What
     * is asked for here has some 10 KiB; others on the bus may send us signals too, of any length.
     */
    static final int LONGEST = 1 << 22;

    /** What stands at the start of each message and tells its length. */
    static final int FIXED_BYTES = 16;

    Message {
        header = Map.copyOf(header);
        body = List.copyOf(body);
    }

    enum Kind {
        METHOD_CALL(1),
        METHOD_RETURN(2),
        ERROR(3),
        SIGNAL(4),
        /** To be skipped, whatever it is. */
        OTHER(0);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /** Header fields; others may come and are skipped. */
    enum Field {
        PATH(1, "o"),
        INTERFACE(2, "s"),
        MEMBER(3, "s"),
        ERROR_NAME(4, "s"),
        REPLY_SERIAL(5, "u"),
        DESTINATION(6, "s"),
        SENDER(7, "s"),
        SIGNATURE(8, "g");

        private final int code;
        private final String type;

        Field(int code, String type) {
            this.code = code;
            this.type = type;
        }

        private static @Nullable Field of(Object code) {
            for (Field field : values()) {
                if (code.equals(field.code)) {
                    return field;
                }
            }
            return null;
        }
    }

    String text(Field field) {
        return header.get(field) instanceof String text ? text : "";
    }

    long replySerial() {
        return header.get(Field.REPLY_SERIAL) instanceof Long serial ? serial : 0;
    }

    static byte[] call(long serial, Map<Field, String> header, String signature, List<?> values)
            throws ProtocolFault {
        BodyWriter body = new BodyWriter();
        body.write(Type.all(signature), values);
        byte[] content = body.bytes();
        EnumMap<Field, String> fields = new EnumMap<>(header);
        if (!signature.isEmpty()) {
            fields.put(Field.SIGNATURE, signature);
        }
        BodyWriter out = new BodyWriter();
        out.number('l', 1);
        out.number(Kind.METHOD_CALL.code, 1);
        out.number(0, 1);
        out.number(PROTOCOL_VERSION, 1);
        out.number(content.length, 4);
        out.number(serial, 4);
        byte[] encoded = encode(fields);
        out.number(encoded.length, 4);
        out.raw(encoded);
        out.pad(8);
        out.raw(content);
        return out.bytes();
    }

    /** Starts at position 16 of a message, so that alignment is the same as from 0. */
    private static byte[] encode(Map<Field, String> fields) {
        BodyWriter out = new BodyWriter();
        fields.forEach(
                (field, value) -> {
                    out.pad(8);
                    out.number(field.code, 1);
                    out.signature(field.type);
                    if (field == Field.SIGNATURE) {
                        out.signature(value);
                    } else {
                        out.pad(4);
                        out.text(value);
                    }
                });
        return out.bytes();
    }

    /** How many bytes a message has, from its first {@link #FIXED_BYTES}. */
    static int length(ByteBuffer fixed) throws ProtocolFault {
        fixed.order(order(fixed.get(0)));
        long body = fixed.getInt(4) & 0xffffffffL;
        long fields = fixed.getInt(12) & 0xffffffffL;
        long whole = FIXED_BYTES + (fields + 7) / 8 * 8 + body;
        if (whole > LONGEST) {
            throw new ProtocolFault("a message of " + whole + " bytes");
        }
        return (int) whole;
    }

    /**
     * @param whole exactly one message
     */
    static Message read(ByteBuffer whole) throws ProtocolFault {
        whole.order(order(whole.get(0)));
        if (whole.get(3) != PROTOCOL_VERSION) {
            throw new ProtocolFault("version " + whole.get(3) + " of the protocol");
        }
        Kind kind = Kind.of(whole.get(1));
        long serial = whole.getInt(8) & 0xffffffffL;
        whole.position(12);
        Object fields = new BodyReader(whole).all(Type.all("a(yv)")).getFirst();
        Map<Field, Object> header = new EnumMap<>(Field.class);
        for (Object field : (List<?>) fields) {
            List<?> pair = (List<?>) field;
            Field known = Field.of(pair.getFirst());
            if (known != null) {
                header.put(known, pair.get(1));
            }
        }
        int start = (whole.position() + 7) / 8 * 8;
        if (start > whole.limit()) {
            throw new ProtocolFault("a message that ends within its header");
        }
        ByteBuffer content = whole.slice(start, whole.limit() - start).order(whole.order());
        String signature = header.get(Field.SIGNATURE) instanceof String text ? text : "";
        return new Message(kind, serial, header, new BodyReader(content).all(Type.all(signature)));
    }

    private static ByteOrder order(byte mark) throws ProtocolFault {
        return switch (mark) {
            case 'l' -> ByteOrder.LITTLE_ENDIAN;
            case 'B' -> ByteOrder.BIG_ENDIAN;
            default -> throw new ProtocolFault("a message that starts with " + mark);
        };
    }
}
