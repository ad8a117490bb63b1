package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.kind.host.LineResource.Place;
import dev.mgmt.engine.os.FileFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What becomes of a file's lines. Lines are as {@link TextFiles} has them.
 *
 * @param after all lines
 * @param removed those that are not there any more, in their order
 * @param added the one that was not there before
 */
record LineEdit(List<String> after, List<String> removed, Optional<String> added) {
    LineEdit {
        after = List.copyOf(after);
        removed = List.copyOf(removed);
    }

    boolean changesNothing() {
        return removed.isEmpty() && added.isEmpty();
    }

    static LineEdit of(LineResource resource, List<String> lines) throws FileFault {
        Optional<String> content = resource.content().map(TextFiles::raw);
        Optional<Predicate<String>> match = resource.match().map(LineEdit::finds);
        return switch (resource.state()) {
            case EXISTS -> exists(resource, content.orElseThrow(), match, lines);
            case ABSENT ->
                    without(
                            lines,
                            line ->
                                    content.filter(line::equals).isPresent()
                                            || match.filter(m -> m.test(line)).isPresent());
        };
    }

    /**
     * Without {@code match}, one or more lines like it are fine. With it, the resource has exactly
     * one line: the one that is right already if there is, else the first that it is found in.
     */
    private static LineEdit exists(
            LineResource resource,
            String content,
            Optional<Predicate<String>> match,
            List<String> lines)
            throws FileFault {
        int kept = lines.indexOf(content);
        if (match.isEmpty()) {
            return kept >= 0
                    ? new LineEdit(lines, List.of(), Optional.empty())
                    : inserted(resource, content, lines);
        }
        for (int i = 0; kept < 0 && i < lines.size(); i++) {
            kept = match.get().test(lines.get(i)) ? i : -1;
        }
        if (kept < 0) {
            return inserted(resource, content, lines);
        }
        List<String> after = new ArrayList<>(lines.size());
        List<String> removed = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean ours = line.equals(content) || match.get().test(line);
            if (i == kept) {
                after.add(content);
            } else if (!ours) {
                after.add(line);
            }
            if (ours && !(i == kept && line.equals(content))) {
                removed.add(line);
            }
        }
        boolean stood = lines.get(kept).equals(content);
        return new LineEdit(after, removed, stood ? Optional.empty() : Optional.of(content));
    }

    private static LineEdit without(List<String> lines, Predicate<String> ours) {
        List<String> after = lines.stream().filter(ours.negate()).toList();
        return new LineEdit(after, lines.stream().filter(ours).toList(), Optional.empty());
    }

    private static LineEdit inserted(LineResource resource, String content, List<String> lines)
            throws FileFault {
        int at =
                switch (resource.place()) {
                    case Place.End() -> lines.size();
                    case Place.After(String regexp) ->
                            expect(last(finds(regexp), lines), "after", regexp, resource) + 1;
                    case Place.Before(String regexp) ->
                            expect(first(finds(regexp), lines), "before", regexp, resource);
                };
        List<String> after = new ArrayList<>(lines);
        after.add(at, content);
        return new LineEdit(after, List.of(), Optional.of(content));
    }

    /** Not at some other place: in most files, what a line means depends on where it stands. */
    private static int expect(int index, String field, String regexp, LineResource resource)
            throws FileFault {
        if (index < 0) {
            throw new FileFault(
                    "`"
                            + regexp
                            + "` is found in no line of "
                            + resource.path()
                            + ", so there is no place for the line (see `"
                            + field
                            + "`)");
        }
        return index;
    }

    private static int first(Predicate<String> wanted, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (wanted.test(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int last(Predicate<String> wanted, List<String> lines) {
        int found = first(wanted, lines.reversed());
        return found < 0 ? -1 : lines.size() - 1 - found;
    }

    private static Predicate<String> finds(String regexp) {
        Predicate<String> found = Pattern.compile(regexp).asPredicate();
        return line -> found.test(TextFiles.shown(line));
    }
}
