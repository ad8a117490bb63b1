package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of docs/faults.md names a test that is there, and no cell of its matrix is open. */
class FaultMatrixIT {
    private static final Path DOCUMENT = Path.of("../docs/faults.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final String MATRIX = "## Stage × fault";
    private static final String IMPOSSIBLE = "-";

    /** A line of a table, and the heading that it stands under. */
    private record Row(String heading, List<String> cells) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String heading = "";
        boolean inTable = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("## ")) {
                heading = line;
            } else if (line.startsWith("|---")) {
                inTable = true;
            } else if (!line.startsWith("|")) {
                inTable = false;
            } else if (inTable) {
                String inside = line.substring(1, line.lastIndexOf('|'));
                rows.add(
                        new Row(
                                heading,
                                Arrays.stream(inside.split("\\|", -1))
                                        .map(String::strip)
                                        .toList()));
            }
        }
        return rows;
    }

    @Test
    void everyRowNamesATestThatIsThere() throws IOException {
        NamedTests tests = new NamedTests();
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            String text = String.join(" | ", row.cells());
            missing.addAll(tests.missing(row.cells().getFirst(), text, TEST));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyCellOfTheMatrixIsProvenOrImpossible() throws IOException {
        List<Row> matrix = rows().stream().filter(row -> row.heading().equals(MATRIX)).toList();
        assertTrue(matrix.size() > 10, matrix::toString);
        for (Row row : matrix) {
            assertEquals(matrix.getFirst().cells().size(), row.cells().size(), row::toString);
            for (String cell : row.cells().subList(1, row.cells().size())) {
                assertTrue(
                        cell.equals(IMPOSSIBLE) || TEST.matcher(cell).find(),
                        () -> row.cells().getFirst() + ": '" + cell + "'");
            }
        }
    }
}
