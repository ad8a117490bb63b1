package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExitCodeTableIT {
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+?) \\|(?: .*)?");

    @Test
    void theTableInTheDocumentsAndTheProgramSayTheSame() throws IOException {
        List<String> documented =
                Files.readAllLines(Path.of("../docs/exit-codes.md")).stream()
                        .map(ROW::matcher)
                        .filter(java.util.regex.Matcher::matches)
                        .map(row -> row.group(1) + " " + row.group(2))
                        .toList();
        List<String> meant =
                Arrays.stream(ExitCode.values())
                        .map(code -> code.number() + " " + code.meaning())
                        .toList();

        assertEquals(meant, documented);
    }
}
