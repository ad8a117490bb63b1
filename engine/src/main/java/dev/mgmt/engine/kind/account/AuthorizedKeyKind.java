package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Presence;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class AuthorizedKeyKind implements Kind {
    @Override
    public String name() {
        return "authorized_key";
    }

    @Override
    public List<String> fields() {
        return List.of("state", "user", "key", "options", "comment", "path");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        String user = fields.filled("user").orElse("");
        if (user.isEmpty()) {
            fields.problem("user", "`user` is missing", "say who may log in with the key");
        } else {
            AccountName.check(fields, "user", user);
        }
        Optional<KeyLine> line = key(fields);
        String options = options(fields);
        Optional<String> comment = fields.filled("comment");
        comment.ifPresent(text -> checkLine(fields, "comment", text));
        Optional<Path> path = path(fields);
        Presence state = Presence.of(fields, "an authorized key", Presence.EXISTS);
        return line.map(
                given ->
                        new AuthorizedKeyResource(
                                fields.id(),
                                fields.meta(),
                                state,
                                user,
                                new PublicKey(given.type(), given.blob()),
                                options,
                                comment.or(
                                        () ->
                                                given.comment().isEmpty()
                                                        ? Optional.empty()
                                                        : Optional.of(given.comment())),
                                path));
    }

    /** A line of a {@code .pub} file, with or without its comment. */
    private static Optional<KeyLine> key(Fields fields) {
        String text = fields.filled("key").orElse("").strip();
        if (text.contains("PRIVATE KEY")) {
            fields.problem(
                    "key",
                    "this is a private key, which must never leave its owner",
                    "give the line of the `.pub` file, and make a new key");
            return Optional.empty();
        }
        Optional<KeyLine> line =
                KeyLine.of(text)
                        .filter(given -> given.options().isEmpty() && text.indexOf('\n') < 0)
                        .filter(given -> PublicKey.of(given.type(), given.blob()).isPresent());
        if (line.isEmpty()) {
            fields.problem(
                    "key",
                    text.isEmpty() ? "`key` is missing" : "`key` is not a whole public key",
                    "give the line of the `.pub` file: its type and base64");
        }
        return line;
    }

    private static String options(Fields fields) {
        String options = fields.filled("options").orElse("");
        if (checkLine(fields, "options", options)
                && !options.isEmpty()
                && (KeyLine.endOfOptions(options) != options.length()
                        || PublicKey.isType(options))) {
            fields.problem(
                    "options",
                    "`options` must be one word, with blanks only in double quotes",
                    "separate options with commas only");
        }
        return options;
    }

    private static Optional<Path> path(Fields fields) {
        Optional<Path> path =
                fields.filled("path").flatMap(text -> Paths.absolute(fields, "path", text));
        if (path.isPresent() && path.get().getNameCount() < 2) {
            fields.problem("path", "`path` must be a file in some directory", "");
        }
        return path;
    }

    private static boolean checkLine(Fields fields, String field, String text) {
        boolean good = text.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 127);
        if (!good) {
            fields.problem(field, "`" + field + "` must be one line", "remove line ends");
        }
        return good;
    }
}
