package dev.mgmt.engine.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.dbus.Message.Field;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
    /** A signal of the interface i.f, from the other side's view: numbers begin with their most. */
    private static final String BIG_ENDIAN =
            "42 04 01 01 0000000c 00000005 0000001d"
                    + "02 01 73 00 00000003 69 2e 66 00 00 00 00 00"
                    + "08 01 67 00 01 75 00 00"
                    + "2a 01 79 00 07 00 00 00";

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static String fault(String hex, String signature) {
        ProtocolFault fault =
                assertThrows(
                        ProtocolFault.class,
                        () -> new BodyReader(bytes(hex)).all(Type.all(signature)));
        return String.valueOf(fault.getMessage());
    }

    @Test
    void orderOfTheSenderHoldsAndUnknownFieldsAreSkipped() throws ProtocolFault {
        ByteBuffer whole = bytes(BIG_ENDIAN + "fffffffe 00000000 00000000");
        assertEquals(whole.capacity(), Message.length(whole));
        Message message = Message.read(whole);
        assertEquals(Message.Kind.SIGNAL, message.kind());
        assertEquals(5, message.serial());
        assertEquals("i.f", message.text(Field.INTERFACE));
        assertEquals("", message.text(Field.PATH));
        assertEquals(List.of(0xfffffffeL), message.body());
    }

    @Test
    void callIsReadAsItWasWritten() throws ProtocolFault {
        byte[] call =
                Message.call(
                        3,
                        Map.of(Field.PATH, "/p", Field.MEMBER, "M", Field.DESTINATION, "d.e"),
                        "sb",
                        List.of("Büro", true));
        assertEquals(call.length, Message.length(ByteBuffer.wrap(call)));
        Message message = Message.read(ByteBuffer.wrap(call));
        assertEquals(Message.Kind.METHOD_CALL, message.kind());
        assertEquals(3, message.serial());
        assertEquals(
                "/p M d.e",
                message.text(Field.PATH)
                        + " "
                        + message.text(Field.MEMBER)
                        + " "
                        + message.text(Field.DESTINATION));
        assertEquals(List.of("Büro", true), message.body());
    }

    @Test
    void messageThatIsTooLongIsRefusedByItsFirstBytes() {
        ProtocolFault fault =
                assertThrows(
                        ProtocolFault.class,
                        () -> Message.length(bytes("6c 02 00 01 00004000 01000000 00000000")));
        assertTrue(String.valueOf(fault.getMessage()).contains("a message of"), fault::toString);
        assertThrows(
                ProtocolFault.class,
                () -> Message.length(bytes("6c 02 00 01 ffffffff 01000000 ffffffff")));
    }

    @Test
    void otherVersionsAndMarksAreFaultsAndOtherKindsAreNot() throws ProtocolFault {
        String rest = "00000000 01000000 00000000";
        assertThrows(ProtocolFault.class, () -> Message.read(bytes("6c 02 00 02" + rest)));
        assertThrows(ProtocolFault.class, () -> Message.read(bytes("58 02 00 01" + rest)));
        assertEquals(Message.Kind.OTHER, Message.read(bytes("6c 63 00 01" + rest)).kind());
    }

    @Test
    void valuesThatDoNotFitAreFaultsThatSayWhat() {
        assertTrue(fault("00 00 00 05 61", "s").contains("a text that is longer"));
        assertTrue(fault("00 00 00 01 61 62", "s").contains("a text without its end"));
        assertTrue(fault("ff ff ff ff", "s").contains("over 2 GiB"));
        assertTrue(fault("00 00", "u").contains("ends too early"));
        assertTrue(fault("00 00 00 09 00", "ay").contains("an array that is longer"));
        assertTrue(fault("00 00 00 02 00 00 00 00", "ai").contains("does not end with it"));
        assertTrue(fault("02 73 73 00", "v").contains("not the type of one value"));
        assertTrue(fault("01 7b 00", "v").contains("is not a signature"));
        assertTrue(fault("01 76 00".repeat(70), "v").contains("nested too deep"));
    }
}
