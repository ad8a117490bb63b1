package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests of all modules, for documents that name them. */
final class NamedTests {
    private final Map<String, String> sources = new HashMap<>();

    NamedTests() throws IOException {
        for (String module : List.of("engine", "tunnel", "remote", "cli", "bootstrap-examples")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = String.valueOf(file.getFileName());
                    sources.put(name.substring(0, name.length() - 5), Files.readString(file));
                }
            }
        }
    }

    /**
     * Those that a text names and that are not there; it has to name one.
     *
     * @param test finds the class and the method
     */
    List<String> missing(String word, String text, Pattern test) {
        List<String> missing = new ArrayList<>();
        Matcher named = test.matcher(text);
        int found = 0;
        while (named.find()) {
            found++;
            String source = sources.getOrDefault(named.group(1), "");
            if (!source.contains(" " + named.group(2) + "(")) {
                missing.add(word + ": " + named.group());
            }
        }
        assertTrue(found > 0, word + " names no test");
        return missing;
    }
}
