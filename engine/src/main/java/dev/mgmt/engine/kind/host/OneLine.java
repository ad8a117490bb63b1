package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Fields;

/** What ends up as one line of a file must not become two. */
final class OneLine {
    private OneLine() {}

    static void check(Fields fields, String field, String text) {
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            fields.problem(field, "`" + field + "` must be one line", "remove line ends");
        }
    }
}
