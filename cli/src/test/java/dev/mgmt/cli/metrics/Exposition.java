package dev.mgmt.cli.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format, version 0.0.4, and takes nothing that the format does not allow: a
 * family's help and type come once and before its samples, its samples stand together, no sample
 * stands twice.
 */
public final class Exposition {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL =
            "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "(" + NAME + ")((?:\\{" + LABEL + "(?:," + LABEL + ")*\\})?) ([0-9.eE+-]+)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final Set<String> closed = new HashSet<>();
    private String family = "";

    private Exposition() {}

    /** Samples by name and labels as written. */
    public static Map<String, Double> read(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        Exposition exposition = new Exposition();
        text.lines().forEach(exposition::line);
        return exposition.samples;
    }

    private void line(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            enter(help.group(1));
            require(helped.add(family), "a second help of " + family);
        } else if (type.matches()) {
            enter(type.group(1));
            require(types.put(family, type.group(2)) == null, "a second type of " + family);
        } else if (sample.matches()) {
            require(sample.group(1).equals(family), "a sample out of its family: " + line);
            require(types.containsKey(family), "a sample before its type: " + line);
            double value = Double.parseDouble(sample.group(3));
            require(
                    samples.put(sample.group(1) + sample.group(2), value) == null,
                    "twice: " + line);
        } else {
            throw new AssertionError("not of the format: " + line);
        }
    }

    private void enter(String name) {
        if (!name.equals(family)) {
            closed.add(family);
            require(!closed.contains(name), name + " is in two places");
            family = name;
        }
    }

    private static void require(boolean fact, String otherwise) {
        if (!fact) {
            throw new AssertionError(otherwise);
        }
    }
}
