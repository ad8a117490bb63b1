package dev.mgmt.tunnel.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a configuration says the same of every host: it has no block for some of them only, and
 * nothing in it depends on a host's name. Which files there are, and which of them hold, the client
 * itself tells; whatever is not understood here makes a difference.
 */
final class Likeness {
    private static final Pattern READ = Pattern.compile("debug1: Reading configuration data (.+)");

    /** A keyword, and what it is given, behind blanks or an equals sign. */
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*)");

    /** What the client neither takes apart nor writes otherwise. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    private Likeness() {}

    static boolean isPlain(String host) {
        return PLAIN.matcher(host).matches();
    }

    /**
     * @param said the client's words, with {@code -v}, while it answered
     */
    static boolean isShown(List<String> said) {
        List<Path> files =
                said.stream()
                        .map(READ::matcher)
                        .filter(Matcher::matches)
                        .map(line -> Path.of(line.group(1)))
                        .toList();
        return !files.isEmpty() && files.stream().allMatch(Likeness::makesNoDifference);
    }

    private static boolean makesNoDifference(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .allMatch(Likeness::isForAll);
        } catch (IOException e) {
            // The client could; what it read there is not known.
            return false;
        }
    }

    static boolean isForAll(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return true;
        }
        Matcher parts = LINE.matcher(text);
        if (!parts.matches() || text.contains("%")) {
            return false;
        }
        String given = parts.group(2).strip();
        return switch (parts.group(1).toLowerCase(Locale.ROOT)) {
            case "host" -> given.equals("*");
            case "match" -> given.equals("all");
            case "hostname",
                    "canonicalizehostname",
                    "canonicaldomains",
                    "canonicalizepermittedcnames" ->
                    false;
            default -> true;
        };
    }

    /**
     * An answer for a host that is like another one.
     *
     * @param answer about a host that was asked about with a port and a user if, and only if, this
     *     one is
     */
    static ClientAnswer of(HostQuery query, ClientAnswer answer) {
        ClientAnswer same = answer.with("host", query.host()).with("hostname", query.host());
        Optional<String> port = query.port().map(String::valueOf);
        ClientAnswer there = port.isPresent() ? same.with("port", port.get()) : same;
        return query.user().isPresent() ? there.with("user", query.user().get()) : there;
    }
}
