package dev.mgmt.engine.yaml;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in users' words what the YAML parser says in its own. */
final class SyntaxProblem {
    private static final Pattern BAD_START =
            Pattern.compile("found character '(.)' that cannot start any token.*", Pattern.DOTALL);
    private static final String CHECK_INDENTATION =
            "check the indentation, and put texts that contain `: ` in quotes";

    private static final String QUOTE_BRACKETS = "put texts that contain [ ] { } or , in quotes";
    private static final String BAD_ESCAPE = "found unknown escape character ";

    private final MarkedYAMLException cause;
    private final Problems problems;
    private final String problem;
    private final String context;

    private SyntaxProblem(MarkedYAMLException cause, Problems problems) {
        this.cause = cause;
        this.problems = problems;
        this.problem = Objects.requireNonNullElse(cause.getProblem(), "");
        this.context = Objects.requireNonNullElse(cause.getContext(), "");
    }

    static void report(MarkedYAMLException cause, Problems problems) {
        new SyntaxProblem(cause, problems).report();
    }

    private void report() {
        Matcher badStart = BAD_START.matcher(problem);
        if (problem.contains("\\t(TAB)")) {
            here("a tab cannot stand here", "indent with spaces");
        } else if (badStart.matches()) {
            here("a value cannot start with `" + badStart.group(1) + "`", "put it in quotes");
        } else if (problem.startsWith("mapping values are not allowed")) {
            here("a `:` that makes a key is not allowed here", CHECK_INDENTATION);
        } else if (problem.startsWith("found undefined alias ")) {
            String name = problem.substring("found undefined alias ".length());
            here("no anchor `&" + name + "` stands before this alias", "");
        } else if (problem.contains("end of stream") && context.contains("quoted scalar")) {
            atContext("this quote is not closed", "");
        } else if (context.contains("flow sequence")) {
            atContext("this `[` is not closed by a `]` where it should be", QUOTE_BRACKETS);
        } else if (context.contains("flow mapping")) {
            atContext("this `{` is not closed by a `}` where it should be", QUOTE_BRACKETS);
        } else if (problem.startsWith(BAD_ESCAPE)) {
            here(
                    "`\\" + problem.charAt(BAD_ESCAPE.length()) + "` is no escape",
                    "in single quotes a backslash is a backslash");
        } else if (problem.startsWith("expected <block end>")) {
            here("this does not line up with what stands above it", CHECK_INDENTATION);
        } else {
            here("not valid YAML: " + problem, "");
        }
    }

    private void here(String message, String advice) {
        at(cause.getProblemMark(), message, advice);
    }

    private void atContext(String message, String advice) {
        at(cause.getContextMark(), message, advice);
    }

    private void at(Mark mark, String message, String advice) {
        problems.error(Place.of(mark), message, advice);
    }
}
