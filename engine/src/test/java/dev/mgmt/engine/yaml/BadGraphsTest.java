package dev.mgmt.engine.yaml;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mgmt.engine.kind.KindCatalog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Bad text in, what the user sees out. */
class BadGraphsTest {
    private static final GraphReader READER = new GraphReader(KindCatalog.installed().kinds());

    @TestFactory
    Stream<DynamicTest> everyProblemIsSaidWithItsPositionAndAdvice() {
        return BadGraphs.TABLES.stream()
                .flatMap(table -> BadGraphs.read(table).stream())
                .map(
                        bad ->
                                dynamicTest(
                                        bad.table() + ": " + bad.title(),
                                        () -> assertEquals(bad.expected(), seen(bad.text()))));
    }

    @Test
    void theTablesHoldMoreThanFortyCases() {
        long cases = BadGraphs.TABLES.stream().mapToLong(t -> BadGraphs.read(t).size()).sum();
        assertTrue(cases > 40, "there are " + cases);
    }

    @Test
    void bytesThatAreNotUtf8AreShownWhereTheyStand() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("graph: g\ncomment: ü".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE9);
        bytes.writeBytes("t\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "g.yaml:2:11: the byte 0xE9 is not UTF-8 (save the file as UTF-8)\n",
                seen(bytes.toByteArray()));
    }

    @Test
    void aFileThatEndsWithinACharacterIsNotUtf8() {
        assertEquals(
                "g.yaml:1:8: the byte 0xC3 is not UTF-8 (save the file as UTF-8)\n",
                seen("graph: \u00C3".getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** To go through all edges for each of them would take an hour. */
    @Test
    @Timeout(30)
    void fiftyThousandCyclesAreReportedInTimeLinearInTheFile() {
        StringBuilder text = new StringBuilder("graph: g\nresources:\n  noop:\n");
        StringBuilder edges = new StringBuilder("edges:\n");
        int cycles = 50_000;
        for (int i = 0; i < cycles; i++) {
            text.append("  - name: a%1$d\n  - name: b%1$d\n".formatted(i));
            edges.append("- noop[a%1$d] -> noop[b%1$d]\n".formatted(i));
            edges.append("- noop[b%1$d] -> noop[a%1$d]\n".formatted(i));
        }
        String seen = seen(text.append(edges).toString());
        assertTrue(
                seen.startsWith(
                        "g.yaml:%d:3: these resources wait for each other: noop[a0] -> noop[b0]"
                                .formatted(3 + 2 * cycles + 3)),
                () -> seen.substring(0, 200));
    }

    @Test
    void utf16IsNotUtf8() {
        assertEquals(
                "g.yaml:1:1: the byte 0xFE is not UTF-8 (save the file as UTF-8)\n",
                seen("graph: g".getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void controlCharactersAreShownWhereTheyStand() {
        assertEquals(
                "g.yaml:2:11: the character U+0007 cannot stand in YAML"
                        + " (in double quotes it can be written as an escape)\n",
                seen("graph: g\ncomment: a\u0007"));
    }

    @Test
    void aHugeFileIsRefusedUnread() {
        assertEquals(
                "g.yaml:1:1: the file is larger than 64 MiB"
                        + " (split it, or copy large contents with `source`)\n",
                seen(new byte[SourceText.MAX_BYTES + 1]));
    }

    @Test
    void deepNestingIsRefusedWhereItGetsTooDeep() {
        assertEquals(
                "g.yaml:2:59: nested more than 50 deep\n",
                seen("graph: g\ncomment: " + "[".repeat(1_000_000)));
    }

    @Test
    void anAliasBombIsRefusedWhereItExplodes() {
        StringBuilder bomb =
                new StringBuilder("graph: g\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            String aliases = String.join(", ", Collections.nCopies(9, "*a" + (i - 1)));
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, aliases));
        }
        assertEquals(
                "g.yaml:8:5: aliases make more than 1000000 values out of this"
                        + " (write it without aliases)\n",
                seen(bomb.toString()));
    }

    @Test
    void manyBadEdgesAreReportedInReasonableTime() {
        StringBuilder text = new StringBuilder("graph: g\nresources:\n  noop:\n");
        for (int i = 0; i < 2_000; i++) {
            text.append("  - name: vertex").append(i).append('\n');
        }
        text.append("edges:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("- noop[vertex0] -> noop[missing").append(i).append("]\n");
        }
        assertEquals(20_000, seen(text.toString()).lines().count());
    }

    private static String seen(String text) {
        return seen(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String seen(byte[] bytes) {
        return switch (READER.read("g.yaml", bytes)) {
            case GraphReading.Invalid(List<InputProblem> problems) ->
                    problems.stream().map(problem -> problem + "\n").collect(joining());
            case GraphReading.Valid valid -> "valid: " + valid;
        };
    }
}
