package dev.mgmt.engine.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Tables of bad graph files. A case is a line {@code === what is wrong}, the file's text, a line
 * {@code >>>} and the lines that the user sees.
 */
final class BadGraphs {
    static final List<String> TABLES =
            List.of(
                    "syntax",
                    "top",
                    "resources",
                    "meta",
                    "edges",
                    "recv",
                    "data",
                    "templates",
                    "extras",
                    "account",
                    "host",
                    "pkg",
                    "systemd");

    private BadGraphs() {}

    record Case(String table, String title, String text, String expected) {}

    static List<Case> read(String table) {
        List<Case> cases = new ArrayList<>();
        for (String section : load(table).split("(?m)^=== ", -1)) {
            if (!section.isEmpty()) {
                cases.add(parse(table, section));
            }
        }
        return cases;
    }

    private static Case parse(String table, String section) {
        int titleEnd = section.indexOf('\n');
        int mark = section.indexOf(">>>\n");
        return new Case(
                table,
                section.substring(0, titleEnd),
                section.substring(titleEnd + 1, mark),
                section.substring(mark + 4));
    }

    private static String load(String table) {
        String name = "bad/" + table + ".txt";
        try (InputStream in = BadGraphs.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
