package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineEditTest {
    private static LineResource line(String fields) {
        Resource read =
                GraphTester.read("graph: g\nresources:\n  line:\n  - {name: /f, " + fields + "}\n")
                        .resources()
                        .getFirst();
        return (LineResource) read;
    }

    private static List<String> edited(String fields, String... lines) throws FileFault {
        LineResource resource = line(fields);
        List<String> after = LineEdit.of(resource, List.of(lines)).after();
        LineEdit again = LineEdit.of(resource, after);
        assertEquals(after, again.after(), "a second time changes nothing");
        assertTrue(again.changesNothing());
        return after;
    }

    @Test
    void lineThatIsMissingGoesToTheEnd() throws FileFault {
        assertEquals(List.of("b", "c", "a"), edited("content: a", "b", "c"));
        assertEquals(List.of("a"), edited("content: a"));
    }

    @Test
    void linesThatAreThereStayHoweverMany() throws FileFault {
        assertEquals(List.of("a", "b", "a"), edited("content: a", "a", "b", "a"));
        assertEquals(List.of(" a", "a"), edited("content: a", " a"), "blanks count");
    }

    @Test
    void matchedLineIsReplacedWhereItStandsAndFurtherOnesGo() throws FileFault {
        String port = "content: Port 22, match: '^#?Port '";
        assertEquals(List.of("x", "Port 22", "y"), edited(port, "x", "#Port 1", "y", "Port 3"));
        assertEquals(List.of("x", "Port 22"), edited(port, "#Port 1", "x", "Port 22"));
        assertEquals(List.of("x", "Port 22"), edited(port, "x"));
    }

    @Test
    void lineThatIsRightStaysEvenIfItIsNotMatched() throws FileFault {
        String switched = "content: new=1, match: ^old=";
        assertEquals(List.of("new=1", "x"), edited(switched, "old=1", "x"));
        assertEquals(List.of("x", "new=1"), edited(switched, "old=0", "x", "new=1", "new=1"));
    }

    @Test
    void newLineGoesAfterTheLastOrBeforeTheFirstThatIsFound() throws FileFault {
        String[] lines = {"[a]", "x", "[b]", "[a]", "y"};
        assertEquals(
                List.of("[a]", "x", "[b]", "[a]", "n", "y"),
                edited("content: n, after: '^\\[a\\]'", lines));
        assertEquals(
                List.of("n", "[a]", "x", "[b]", "[a]", "y"),
                edited("content: n, before: '^\\[a\\]'", lines));
        assertEquals(List.of("n", "x"), edited("content: n, after: nowhere", "n", "x"));
    }

    @Test
    void placeThatIsNotThereIsAFaultAndNoOtherPlaceIsTaken() {
        FileFault fault =
                assertThrows(
                        FileFault.class, () -> edited("content: n, before: '^\\[b\\]'", "[a]"));
        assertEquals(
                "`^\\[b\\]` is found in no line of /f, so there is no place for the line"
                        + " (see `before`)",
                fault.getMessage());
    }

    @Test
    void absentLinesGoAllOfThem() throws FileFault {
        assertEquals(List.of("b"), edited("state: absent, content: a", "a", "b", "a"));
        assertEquals(List.of("ab"), edited("state: absent, match: '^b'", "b", "ab", "bc"));
        assertEquals(List.of("c"), edited("state: absent, content: a, match: '^b'", "a", "b", "c"));
    }

    @Test
    void linesAreComparedAsTextAndOtherBytesStay() throws FileFault {
        String latin = "caf\u00e9";
        assertEquals(
                List.of(latin, TextFiles.raw("thé")),
                edited("content: thé, match: ^th.$", latin, TextFiles.raw("thè")));
    }

    @Test
    void anEditTellsWhatItDoes() throws FileFault {
        LineEdit edit = LineEdit.of(line("content: a, match: ^b"), List.of("b1", "x", "b2"));
        assertEquals(List.of("b1", "b2"), edit.removed());
        assertEquals(Optional.of("a"), edit.added());
    }
}
