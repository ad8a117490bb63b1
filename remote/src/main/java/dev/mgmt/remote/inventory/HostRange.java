package dev.mgmt.remote.inventory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many host names written as one text, as ClusterShell and Ansible write them: {@code
 * web[01-20].dc1}, {@code db[a,b]}, {@code n[1-9/2]}, {@code rack[1-4]n[1-40]}, {@code a[1-3],b}.
 * Within brackets an item is a range of numbers or of single letters ({@code 01-20}, {@code 01:20},
 * {@code a:f}, each with a step behind {@code /} or a second {@code :}), or a text, which may have
 * brackets of its own. A first number that is written with leading zeros gives all their width.
 */
final class HostRange {
    /** More names than this in one text, or in one hosts file, are taken for a slip. */
    static final int LIMIT = 65_536;

    private static final int DEEPEST = 8;
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,18})(?:-|:)(\\d{1,18})(?:[/:](\\d{1,9}))?");
    private static final Pattern LETTERS =
            Pattern.compile("([a-z]|[A-Z])(?:-|:)([a-z]|[A-Z])(?:[/:](\\d{1,9}))?");

    private final String text;
    private final int limit;

    private HostRange(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    sealed interface Expansion {
        /** In the order written, without doubles among {@code names}. */
        record Names(List<String> names, List<String> doubles) implements Expansion {
            public Names {
                names = List.copyOf(names);
                doubles = List.copyOf(doubles);
            }
        }

        /**
         * @param offset where in the text, from 0
         */
        record Malformed(int offset, String message) implements Expansion {}
    }

    /** All names that {@code text} stands for, at most {@code limit} of them. */
    static Expansion expand(String text, int limit) {
        try {
            List<String> all = new HostRange(text, limit).list(0, text.length(), 0);
            LinkedHashSet<String> names = new LinkedHashSet<>();
            List<String> doubles = all.stream().filter(name -> !names.add(name)).toList();
            return new Expansion.Names(List.copyOf(names), doubles);
        } catch (MalformedRange malformed) {
            return new Expansion.Malformed(malformed.offset, malformed.text);
        }
    }

    /** Parts between commas outside of brackets. */
    private List<String> list(int from, int to, int depth) throws MalformedRange {
        List<String> names = new ArrayList<>();
        for (Span item : split(from, to)) {
            names.addAll(sequence(item.from, item.to, depth));
            checkSize(names.size(), from);
        }
        return names;
    }

    /** Plain text and brackets in turn: every combination, the last bracket turning fastest. */
    private List<String> sequence(int from, int to, int depth) throws MalformedRange {
        List<String> names = List.of("");
        int at = from;
        while (at < to) {
            int open = text.indexOf('[', at);
            int plain = open < 0 || open >= to ? to : open;
            names = eachWith(names, List.of(text.substring(at, plain)), at);
            if (plain == to) {
                break;
            }
            int close = closing(open, to);
            names = eachWith(names, brackets(open + 1, close, depth + 1), open);
            at = close + 1;
        }
        return names;
    }

    private List<String> brackets(int from, int to, int depth) throws MalformedRange {
        if (depth > DEEPEST) {
            throw new MalformedRange(from, "brackets within brackets, more than " + DEEPEST);
        }
        List<String> names = new ArrayList<>();
        for (Span item : split(from, to)) {
            String written = text.substring(item.from, item.to);
            Matcher numbers = NUMBERS.matcher(written);
            Matcher letters = LETTERS.matcher(written);
            if (numbers.matches()) {
                names.addAll(numbers(numbers, item.from));
            } else if (letters.matches()) {
                names.addAll(letters(letters, item.from));
            } else {
                names.addAll(sequence(item.from, item.to, depth));
            }
            checkSize(names.size(), item.from);
        }
        return names;
    }

    private List<String> numbers(Matcher range, int offset) throws MalformedRange {
        String first = range.group(1);
        int width = first.startsWith("0") ? first.length() : 1;
        List<String> names = new ArrayList<>();
        for (long number :
                steps(range, Long.parseLong(first), Long.parseLong(range.group(2)), offset)) {
            String digits = Long.toString(number);
            names.add("0".repeat(Math.max(0, width - digits.length())) + digits);
        }
        return names;
    }

    private List<String> letters(Matcher range, int offset) throws MalformedRange {
        List<String> names = new ArrayList<>();
        for (long letter :
                steps(range, range.group(1).charAt(0), range.group(2).charAt(0), offset)) {
            names.add(String.valueOf((char) letter));
        }
        return names;
    }

    private List<Long> steps(Matcher range, long first, long last, int offset)
            throws MalformedRange {
        long step = range.group(3) == null ? 1 : Long.parseLong(range.group(3));
        if (step == 0) {
            throw new MalformedRange(offset, "the step of the range " + range.group() + " is 0");
        }
        if (last < first) {
            throw new MalformedRange(
                    offset, "the range " + range.group() + " ends before it begins");
        }
        checkSize((last - first) / step + 1, offset);
        List<Long> steps = new ArrayList<>();
        for (long at = first; at <= last; at += step) {
            steps.add(at);
        }
        return steps;
    }

    private List<String> eachWith(List<String> heads, List<String> tails, int offset)
            throws MalformedRange {
        checkSize((long) heads.size() * tails.size(), offset);
        List<String> joined = new ArrayList<>(heads.size() * tails.size());
        for (String head : heads) {
            for (String tail : tails) {
                joined.add(head + tail);
            }
        }
        return joined;
    }

    private record Span(int from, int to) {}

    /** At commas outside of brackets, blanks trimmed; an empty part is a slip of the pen. */
    private List<Span> split(int from, int to) throws MalformedRange {
        List<Span> parts = new ArrayList<>();
        int start = from;
        for (int at = from; at <= to; at++) {
            if (at < to && text.charAt(at) == '[') {
                at = closing(at, to);
            } else if (at < to && text.charAt(at) == ']') {
                throw new MalformedRange(at, "a ] without its [");
            } else if (at == to || text.charAt(at) == ',') {
                parts.add(trimmed(start, at));
                start = at + 1;
            }
        }
        return parts;
    }

    private Span trimmed(int from, int to) throws MalformedRange {
        int first = from;
        int end = to;
        while (first < end && text.charAt(first) == ' ') {
            first++;
        }
        while (first < end && text.charAt(end - 1) == ' ') {
            end--;
        }
        if (first == end) {
            throw new MalformedRange(from, "a name is missing here");
        }
        return new Span(first, end);
    }

    private int closing(int open, int to) throws MalformedRange {
        int depth = 0;
        for (int at = open; at < to; at++) {
            if (text.charAt(at) == '[') {
                depth++;
            } else if (text.charAt(at) == ']') {
                depth--;
            }
            if (depth == 0) {
                return at;
            }
        }
        throw new MalformedRange(open, "a [ without its ]");
    }

    private void checkSize(long names, int offset) throws MalformedRange {
        if (names > limit) {
            throw new MalformedRange(offset, "more than " + LIMIT + " names");
        }
    }

    /** Leaves this class as a value. */
    private static final class MalformedRange extends Exception {
        private static final long serialVersionUID = 1;

        private final int offset;
        private final String text;

        private MalformedRange(int offset, String text) {
            super(text, null, false, false);
            this.offset = offset;
            this.text = text;
        }
    }
}
