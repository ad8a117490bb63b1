package dev.mgmt.engine.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes of whatever kind end in values or in a fault, and soon. */
@Timeout(60)
class BodyReaderSimulationTest {
    private static final int ROUNDS = 20_000;
    private static final String BASIC = "ybnqiuxtdsogh";

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void randomBytesEndInValuesOrAFault() {
        System.out.println("BodyReaderSimulationTest seed " + seed);
        int good = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) { // Small numbers are lengths that fit.
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (random.nextInt(4) > 0 ? 0 : bytes[i] & 0x0f);
                }
            }
            ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            try {
                List<Type> types = Type.all(signature(4));
                List<Object> values =
                        new BodyReader(ByteBuffer.wrap(bytes).order(order)).all(types);
                assertEquals(types.size(), values.size());
                assertTrue(count(values) <= bytes.length + types.size(), "seed " + seed);
                good++;
            } catch (ProtocolFault e) {
                // As it should be.
            }
        }
        assertTrue(good > 0 && good < ROUNDS, "seed " + seed + ": " + good + " were good");
    }

    @Test
    void randomTextIsASignatureOrAFault() {
        System.out.println("BodyReaderSimulationTest seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(300);
            for (int i = 0; i < length; i++) {
                text.append("(({{aav)}".charAt(random.nextInt(9)));
                text.append(BASIC.charAt(random.nextInt(BASIC.length())));
            }
            try {
                assertTrue(Type.all(text.toString()).size() <= text.length());
            } catch (ProtocolFault e) {
                // As it should be.
            }
        }
    }

    @Test
    void messageWithWrongBytesEndsInAMessageOrAFault() throws ProtocolFault {
        System.out.println("BodyReaderSimulationTest seed " + seed);
        byte[] good =
                Message.call(
                        7,
                        Map.of(Message.Field.PATH, "/a", Message.Field.MEMBER, "M"),
                        "sas(ut)ab",
                        List.of("text", List.of("x", "yy"), List.of(1, 2L), List.of(true)));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = good.clone();
            int wrong = 1 + random.nextInt(4);
            for (int i = 0; i < wrong; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length =
                    random.nextInt(8) > 0 ? bytes.length : 16 + random.nextInt(bytes.length - 16);
            try {
                ByteBuffer whole = ByteBuffer.wrap(bytes, 0, length).slice();
                assertTrue(Message.length(whole) <= Message.LONGEST);
                Message.read(whole);
            } catch (ProtocolFault e) {
                // As it should be.
            }
        }
    }

    @Test
    void whatIsWrittenIsRead() throws ProtocolFault {
        System.out.println("BodyReaderSimulationTest seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Type> types = Type.all(writable(3));
            List<Object> values = types.stream().map(this::value).toList();
            BodyWriter out = new BodyWriter();
            out.write(types, values);
            ByteBuffer in = ByteBuffer.wrap(out.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(values, new BodyReader(in).all(types), "seed " + seed + " " + types);
            assertEquals(0, in.remaining(), "seed " + seed + " " + types);
        }
    }

    private String signature(int deepest) {
        StringBuilder text = new StringBuilder();
        int types = 1 + random.nextInt(3);
        for (int i = 0; i < types; i++) {
            text.append(
                    switch (deepest == 0 ? 9 : random.nextInt(10)) {
                        case 0 -> "v";
                        case 1, 2 -> "a" + single(deepest - 1);
                        case 3 -> "(" + signature(deepest - 1) + ")";
                        case 4 -> "a{" + basic() + single(deepest - 1) + "}";
                        default -> basic();
                    });
        }
        return text.toString();
    }

    private String single(int deepest) {
        return random.nextBoolean() ? basic() : "(" + signature(Math.max(0, deepest)) + ")";
    }

    private String basic() {
        return String.valueOf(BASIC.charAt(random.nextInt(BASIC.length())));
    }

    private String writable(int deepest) {
        StringBuilder text = new StringBuilder();
        int types = 1 + random.nextInt(3);
        for (int i = 0; i < types; i++) {
            text.append(
                    switch (deepest == 0 ? 9 : random.nextInt(10)) {
                        case 0, 1 -> "a" + basic();
                        case 2 -> "aa" + basic();
                        case 3 -> "(" + writable(deepest - 1) + ")";
                        case 4 -> "a(" + writable(deepest - 1) + ")";
                        default -> basic();
                    });
        }
        return text.toString();
    }

    private Object value(Type type) {
        return switch (type) {
            case Type.Basic(char code) -> basicValue(code);
            case Type.Array(Type element) ->
                    IntStream.range(0, random.nextInt(4)).mapToObj(_ -> value(element)).toList();
            case Type.Struct(List<Type> members) -> members.stream().map(this::value).toList();
            case Type.Entry _, Type.Variant _ -> throw new IllegalArgumentException("" + type);
        };
    }

    private Object basicValue(char code) {
        return switch (code) {
            case 'y' -> random.nextInt(256);
            case 'b' -> random.nextBoolean();
            case 'n' -> (int) (short) random.nextInt();
            case 'q' -> random.nextInt(65536);
            case 'i' -> random.nextInt();
            case 'u', 'h' -> random.nextInt() & 0xffffffffL;
            case 'x', 't' -> random.nextLong();
            case 'd' -> random.nextDouble();
            default -> "ä".repeat(code == 'g' ? 0 : random.nextInt(9));
        };
    }

    /** All values, those within others too. */
    private static int count(Object value) {
        List<Object> parts = new ArrayList<>();
        switch (value) {
            case List<?> list -> parts.addAll(list);
            case Map<?, ?> map -> parts.addAll(map.values());
            default -> {}
        }
        return 1 + parts.stream().mapToInt(BodyReaderSimulationTest::count).sum();
    }
}
