package dev.mgmt.remote.inventory;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which hosts {@code --limit} chooses: a comma list of names, ranges, globs ({@code *}, {@code ?})
 * and group names; {@code !} before one excludes. With exclusions alone, all others are chosen.
 */
final class HostPattern {
    /** A host as a pattern sees it. */
    record Candidate(String name, Set<String> groups) {
        Candidate {
            groups = Set.copyOf(groups);
        }
    }

    private final Terms chosen = new Terms();
    private final Terms excluded = new Terms();

    private HostPattern() {}

    sealed interface Parsing {
        record Parsed(HostPattern pattern) implements Parsing {}

        record Malformed(String message) implements Parsing {}
    }

    static Parsing parse(String text) {
        HostPattern pattern = new HostPattern();
        return switch (HostRange.expand(text, HostRange.LIMIT)) {
            case HostRange.Expansion.Malformed(int offset, String message) ->
                    new Parsing.Malformed(message + ", at character " + (offset + 1));
            case HostRange.Expansion.Names(List<String> names, List<String> _) -> {
                names.forEach(pattern::add);
                yield new Parsing.Parsed(pattern);
            }
        };
    }

    boolean chooses(Candidate host) {
        return (chosen.isEmpty() || chosen.match(host)) && !excluded.match(host);
    }

    private void add(String term) {
        if (term.startsWith("!")) {
            excluded.add(term.substring(1));
        } else {
            chosen.add(term);
        }
    }

    /** Names are looked up, so that ten thousand names of ten thousand hosts cost nothing. */
    private static final class Terms {
        private final Set<String> names = new HashSet<>();
        private final List<Predicate<String>> globs = new ArrayList<>();

        private void add(String term) {
            if (term.indexOf('*') < 0 && term.indexOf('?') < 0) {
                names.add(term);
            } else {
                globs.add(Pattern.compile(expression(term)).asMatchPredicate());
            }
        }

        private boolean isEmpty() {
            return names.isEmpty() && globs.isEmpty();
        }

        private boolean match(Candidate host) {
            return names.contains(host.name())
                    || host.groups().stream().anyMatch(names::contains)
                    || globs.stream().anyMatch(glob -> glob.test(host.name()));
        }
    }

    private static String expression(String glob) {
        return glob.chars()
                .mapToObj(
                        symbol ->
                                switch (symbol) {
                                    case '*' -> ".*";
                                    case '?' -> ".";
                                    default -> Pattern.quote(Character.toString(symbol));
                                })
                .collect(joining());
    }
}
