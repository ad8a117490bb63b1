package dev.mgmt.engine.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeTest {
    @Test
    void signatureIsItsTypesOneAfterTheOther() throws ProtocolFault {
        assertEquals(List.of(), Type.all(""));
        assertEquals(
                List.of(
                        new Type.Basic('s'),
                        new Type.Array(
                                new Type.Entry(
                                        new Type.Basic('s'),
                                        new Type.Struct(
                                                List.of(
                                                        new Type.Variant(),
                                                        new Type.Array(new Type.Basic('o'))))))),
                Type.all("sa{s(vao)}"));
    }

    @Test
    void whatIsNoSignatureIsAFault() {
        for (String bad :
                List.of(
                        "z",
                        "a",
                        "(",
                        "()",
                        "(s",
                        "s)",
                        "{ss}",
                        "a{s}",
                        "a{vs}",
                        "a{sss}",
                        "a{ss",
                        "a".repeat(65) + "s",
                        "(".repeat(65) + "s" + ")".repeat(65),
                        "s".repeat(256))) {
            assertThrows(ProtocolFault.class, () -> Type.all(bad), bad);
        }
        assertThrows(ProtocolFault.class, () -> Type.single("ss"));
        assertThrows(ProtocolFault.class, () -> Type.single(""));
    }
}
