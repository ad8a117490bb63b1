package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.kind.file.Disclosure;
import dev.mgmt.engine.kind.host.LineResource.Place;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

final class LineKind implements Kind {
    @Override
    public String name() {
        return "line";
    }

    @Override
    public List<String> fields() {
        return List.of("path", "content", "match", "after", "before", "state", "sensitive");
    }

    @Override
    public List<String> receivable() {
        return List.of("content");
    }

    @Override
    public List<String> keepsSecret() {
        return List.of("content");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Presence state = Presence.of(fields, "a line", Presence.EXISTS);
        Optional<String> written = fields.filled("path");
        Optional<Path> path =
                Paths.absolute(
                        fields,
                        written.isPresent() ? "path" : "name",
                        written.orElse(fields.id().name()));
        Optional<String> content = fields.filled("content");
        content.ifPresent(text -> OneLine.check(fields, "content", text));
        Optional<String> match = regexp(fields, "match");
        if (content.isEmpty() && (state == Presence.EXISTS || match.isEmpty())) {
            fields.problem(
                    "content",
                    "`content` is missing",
                    state == Presence.EXISTS
                            ? "say what the line is"
                            : "say what the line is, or give `match`");
        }
        Place place = place(fields, state);
        boolean sensitive = fields.flag("sensitive") || fields.isSecret("content");
        return path.map(
                file ->
                        new LineResource(
                                fields.id(),
                                fields.meta(),
                                state,
                                file,
                                content,
                                match,
                                place,
                                sensitive ? Disclosure.SENSITIVE : Disclosure.OPEN));
    }

    private static Place place(Fields fields, Presence state) {
        Optional<String> after = regexp(fields, "after");
        Optional<String> before = regexp(fields, "before");
        if (after.isPresent() && before.isPresent()) {
            fields.problem(
                    "before", "`before` and `after` cannot be used together", "keep one of them");
        }
        if (state == Presence.ABSENT && (after.isPresent() || before.isPresent())) {
            fields.problem(
                    after.isPresent() ? "after" : "before",
                    "a line that is to be absent has no place",
                    "remove it; `match` and `content` say which lines go");
        }
        if (after.isPresent()) {
            return new Place.After(after.get());
        }
        return before.isPresent() ? new Place.Before(before.get()) : new Place.End();
    }

    private static Optional<String> regexp(Fields fields, String field) {
        Optional<String> text = fields.filled(field);
        try {
            text.ifPresent(Pattern::compile);
        } catch (PatternSyntaxException e) {
            fields.problem(
                    field,
                    "`" + field + "` is not a regular expression: " + e.getDescription(),
                    "a character that stands for itself can have `\\` before it");
        }
        return text;
    }
}
