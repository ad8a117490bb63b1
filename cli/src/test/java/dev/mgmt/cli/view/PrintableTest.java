package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        String sent =
                IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .mapToObj(point -> Printable.line(Character.toString(point)))
                        .filter(shown -> shown.codePoints().anyMatch(PrintableTest::isInvisible))
                        .collect(Collectors.joining());
        assertEquals("", sent);
    }

    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abc, 2, a…", "abc, 1, …", "abc, 0, ''", "😀😀😀, 2, 😀…"})
    void cutKeepsWholeCharacters(String text, int columns, String expected) {
        assertEquals(expected, Printable.cut(text, columns));
    }
}
