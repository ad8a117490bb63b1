package dev.mgmt.engine.resource;

import java.util.Optional;

/** Where a file resource lives: its path, with the parts that its other fields replace. */
final class FileTarget {
    private FileTarget() {}

    static Optional<FilePath> of(Fields fields) {
        Optional<String> dirname = filled(fields, "dirname");
        Optional<String> basename = filled(fields, "basename");
        boolean good = true;
        if (dirname.isPresent() && !dirname.get().endsWith("/")) {
            fields.problem("dirname", "`dirname` must end with `/`", "");
            good = false;
        }
        if (basename.isPresent() && basename.get().startsWith("/")) {
            fields.problem("basename", "`basename` must not start with `/`", "");
            good = false;
        }
        if (!good) {
            return Optional.empty();
        }
        FilePath written = FilePath.of(filled(fields, "path").orElse(fields.id().name()));
        FilePath path = written.replace(fields.collectedInto().or(() -> dirname), basename);
        return check(fields, path);
    }

    private static Optional<String> filled(Fields fields, String field) {
        return fields.text(field).filter(text -> !text.isEmpty());
    }

    private static Optional<FilePath> check(Fields fields, FilePath path) {
        if (path.endsInDots()) {
            fields.problem("path", "the path `" + path.text() + "` ends in dots", "");
            return Optional.empty();
        }
        if (!path.isAbsolute()) {
            fields.problem(
                    "path",
                    "the path `" + path.text() + "` is not absolute",
                    "start it with `/`; without `path` the name is the path");
            return Optional.empty();
        }
        Optional<String> pattern = fields.collectedInto();
        if (pattern.isPresent() && !isBelow(pattern.get(), path)) {
            fields.problem(
                    "path",
                    "the collected path `" + path.text() + "` leaves `" + pattern.get() + "`",
                    "");
            return Optional.empty();
        }
        return Optional.of(path);
    }

    /** What another host exports must land inside the directory that this host gave it. */
    private static boolean isBelow(String directory, FilePath path) {
        return path.text().startsWith(directory)
                && !path.last().isEmpty()
                && !("/" + path.last() + "/").contains("/../");
    }
}
