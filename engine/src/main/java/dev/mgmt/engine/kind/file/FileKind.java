package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.kind.file.FileResource.Content;
import dev.mgmt.engine.kind.file.FileResource.State;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class FileKind implements Kind {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public List<String> fields() {
        return List.of(
                "path",
                "dirname",
                "basename",
                "content",
                "source",
                "fragments",
                "state",
                "owner",
                "group",
                "mode",
                "recurse",
                "force",
                "purge",
                "symlink",
                "sensitive");
    }

    @Override
    public List<String> receivable() {
        return List.of("content", "owner", "group", "mode");
    }

    @Override
    public List<String> keepsSecret() {
        return List.of("content");
    }

    @Override
    public Optional<String> refusesPattern(String pattern) {
        boolean directory = pattern.startsWith("/") && pattern.endsWith("/");
        if (pattern.isEmpty() || (directory && pattern.indexOf('\0') < 0)) {
            return Optional.empty();
        }
        return Optional.of("the pattern of a file must be a directory: start and end with `/`");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<FileTarget> target = FileTarget.of(fields);
        FileShape shape = target.map(FileTarget::shape).orElse(FileShape.REGULAR);
        State state = state(fields);
        boolean refused = refusesRoot(fields, target, state);
        Content content =
                target.map(known -> FileContents.of(fields, known.shape()))
                        .orElseGet(Content.Unmanaged::new);
        Optional<String> owner = fields.filled("owner");
        Optional<String> group = fields.filled("group");
        Optional<FileMode> mode = FileMode.of(fields);
        boolean recurse = fields.flag("recurse");
        boolean purge = purge(fields, shape, recurse);
        boolean force = fields.flag("force");
        boolean sensitive = fields.flag("sensitive") || fields.isSecret("content");
        return target.filter(_ -> !refused)
                .map(
                        where ->
                                new FileResource(
                                        fields.id(),
                                        fields.meta(),
                                        where.path(),
                                        shape,
                                        state,
                                        content,
                                        owner,
                                        group,
                                        mode,
                                        recurse,
                                        force,
                                        purge,
                                        sensitive));
    }

    private static boolean refusesRoot(Fields fields, Optional<FileTarget> target, State state) {
        boolean root = target.filter(where -> where.path().getNameCount() == 0).isPresent();
        if (root && state == State.ABSENT) {
            fields.problem("state", "the root directory cannot be absent", "");
            return true;
        }
        return false;
    }

    private static State state(Fields fields) {
        String state = fields.filled("state").orElse("exists");
        return switch (state) {
            case "exists" -> State.EXISTS;
            case "absent" -> State.ABSENT;
            default -> {
                fields.problem(
                        "state",
                        "`" + state + "` is not a state of a file",
                        "use `exists` or `absent`");
                yield State.EXISTS;
            }
        };
    }

    private static boolean purge(Fields fields, FileShape shape, boolean recurse) {
        boolean purge = fields.flag("purge");
        if (purge && (shape != FileShape.DIRECTORY || !recurse)) {
            fields.problem(
                    "purge",
                    "`purge` deletes what is below a directory: it needs one, and `recurse: true`",
                    "");
        }
        return purge;
    }
}
