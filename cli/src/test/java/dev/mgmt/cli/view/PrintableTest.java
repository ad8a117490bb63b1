package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @Test
    void plainTextAndOtherScriptsStayAsTheyAre() {
        assertEquals("héllo 世界 😀 [31m", Printable.line("héllo 世界 😀 [31m"));
    }

    @Test
    void nothingInvisibleIsSent() {
        for (int point = 0; point <= 0x10ffff; point++) {
            String shown = Printable.line(Character.toString(point));
            boolean harmless =
                    shown.codePoints()
                            .noneMatch(
                                    each ->
                                            Character.isISOControl(each)
                                                    || Character.getType(each) == Character.FORMAT
                                                    || Character.getType(each)
                                                            == Character.SURROGATE);
            assertEquals(true, harmless, Integer.toHexString(point));
        }
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abc, 2, a…", "abc, 1, …", "abc, 0, ''", "😀😀😀, 2, 😀…"})
    void cutKeepsWholeCharacters(String text, int columns, String expected) {
        assertEquals(expected, Printable.cut(text, columns));
    }
}
