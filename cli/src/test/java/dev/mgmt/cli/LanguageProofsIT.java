package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.resource.Meta.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every word of the graph language stands in docs/language-proofs.md with a test that is there. */
class LanguageProofsIT {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.+?) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Set<String> TOP_LEVEL =
            Set.of(
                    "graph",
                    "comment",
                    "resources",
                    "edges",
                    "collect",
                    "remote",
                    "vars",
                    "!template");
    private static final Set<String> META =
            Set.of(
                    "noop", "retry", "delay", "backoff", "poll", "limit", "burst", "sema",
                    "timeout");

    @Test
    void everyKindFieldAndParameterHasItsRow() throws IOException {
        Set<String> wanted = new TreeSet<>(TOP_LEVEL);
        META.forEach(key -> wanted.add("meta." + key));
        for (Trait trait : Trait.values()) {
            wanted.add("meta." + trait.name().toLowerCase(Locale.ROOT));
        }
        Kinds kinds = KindCatalog.withOurs(List.of()).kinds();
        for (String name : kinds.names()) {
            Kind kind = kinds.find(name).orElseThrow();
            kind.fields().forEach(field -> wanted.add(name + "." + field));
            kind.outputs().forEach(output -> wanted.add(name + " → " + output));
        }
        wanted.removeAll(rows().keySet());
        assertEquals(Set.of(), wanted, "words without a row in docs/language-proofs.md");
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        NamedTests tests = new NamedTests();
        List<String> missing = new ArrayList<>();
        rows().forEach((word, proof) -> missing.addAll(tests.missing(word, proof, TEST)));
        assertEquals(List.of(), missing);
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/language-proofs.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }
}
