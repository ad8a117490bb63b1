package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.kind.file.FileResource.Content;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Paths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of {@code content}, {@code source} and {@code fragments} a file has. */
final class FileContents {
    private FileContents() {}

    static Content of(Fields fields, FileShape shape) {
        Optional<String> text = fields.text("content");
        Optional<String> source = fields.filled("source");
        List<String> fragments = fields.texts("fragments");
        boolean symlink = fields.flag("symlink");
        checkOnlyOne(fields, text, source, fragments);
        if (symlink) {
            return link(fields, shape, source);
        }
        if (source.isPresent()) {
            return source(fields, shape, source.get());
        }
        if (shape == FileShape.DIRECTORY) {
            return directory(fields, text, fragments);
        }
        if (!fragments.isEmpty()) {
            return fragments(fields, fragments);
        }
        return text.<Content>map(Content.Text::new).orElseGet(Content.Unmanaged::new);
    }

    private static void checkOnlyOne(
            Fields fields, Optional<String> text, Optional<String> source, List<String> fragments) {
        List<String> given = new ArrayList<>();
        text.ifPresent(_ -> given.add("content"));
        source.ifPresent(_ -> given.add("source"));
        if (!fragments.isEmpty()) {
            given.add("fragments");
        }
        if (given.size() > 1) {
            fields.problem(
                    given.getLast(),
                    "`%s` and `%s` cannot be used together".formatted(given.get(0), given.get(1)),
                    "keep one of them");
        }
    }

    private static Content link(Fields fields, FileShape shape, Optional<String> target) {
        if (target.isEmpty()) {
            fields.problem("symlink", "`symlink` needs `source`: what the link points to", "");
            return new Content.Unmanaged();
        }
        if (shape == FileShape.DIRECTORY) {
            fields.problem(
                    "symlink", "a link's own path is not a directory", "remove the trailing `/`");
        }
        return new Content.Link(target.get());
    }

    private static Content source(Fields fields, FileShape shape, String source) {
        FileShape sourceShape = FilePath.of(source).shape();
        if (sourceShape != shape) {
            fields.problem(
                    "source",
                    shape == FileShape.DIRECTORY
                            ? "the path is a directory, but `source` is not"
                            : "`source` is a directory, but the path is not",
                    "end both with `/`, or neither");
        } else if (shape == FileShape.DIRECTORY && !fields.flag("recurse")) {
            fields.problem("source", "a directory as `source` needs `recurse: true`", "");
        }
        return Paths.absolute(fields, "source", source)
                .<Content>map(path -> new Content.Source(path, sourceShape))
                .orElseGet(Content.Unmanaged::new);
    }

    /** Old graphs give directories a content, which never did anything. */
    private static Content directory(Fields fields, Optional<String> text, List<String> fragments) {
        text.ifPresent(
                _ -> fields.warning("content", "a directory has no content: it is ignored", ""));
        if (!fragments.isEmpty()) {
            fields.problem(
                    "fragments", "a directory is not made of fragments", "remove the final `/`");
        }
        return new Content.Unmanaged();
    }

    private static Content fragments(Fields fields, List<String> fragments) {
        List<Path> paths = new ArrayList<>();
        for (String fragment : fragments) {
            Paths.absolute(fields, "fragments", fragment).ifPresent(paths::add);
        }
        return new Content.Fragments(paths);
    }
}
