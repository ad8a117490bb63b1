package dev.mgmt.tunnel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the docs say of each option is what becomes of it. */
class OptionTableIT {
    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\| (used|irrelevant|refused|done by the client).*");

    @Test
    void docsNameEveryOptionAndItsUse() throws IOException {
        Map<String, OptionUse> written = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/ssh.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                written.put(
                        row.group(1),
                        switch (row.group(2)) {
                            case "used" -> OptionUse.USED;
                            case "irrelevant" -> OptionUse.IRRELEVANT;
                            case "refused" -> OptionUse.REFUSED;
                            case String _ -> OptionUse.DONE_BY_CLIENT;
                        });
            }
        }
        assertEquals(new TreeMap<>(OptionUse.table()), written);
    }
}
