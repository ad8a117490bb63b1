package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Paths;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a file resource lives: its path, with the parts that its other fields replace.
 *
 * @param path absolute and normalized
 */
record FileTarget(Path path, FileShape shape) {
    static Optional<FileTarget> of(Fields fields) {
        Optional<String> dirname = fields.filled("dirname");
        Optional<String> basename = fields.filled("basename");
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
        FilePath written = FilePath.of(fields.filled("path").orElse(fields.id().name()));
        return check(fields, written.replace(fields.collectedInto().or(() -> dirname), basename));
    }

    private static Optional<FileTarget> check(Fields fields, FilePath written) {
        String field = decidingField(fields);
        if (written.endsInDots()) {
            fields.problem(
                    field, "the path `" + written.text() + "` ends in dots", "write it without");
            return Optional.empty();
        }
        if (!written.isAbsolute()) {
            fields.problem(
                    field,
                    "the path `" + written.text() + "` is not absolute",
                    "start it with `/`; without `path` the name is the path");
            return Optional.empty();
        }
        return Paths.absolute(fields, field, written.text())
                .filter(path -> staysInside(fields, field, path))
                .map(path -> new FileTarget(path, written.shape()));
    }

    /** Where the user looks when the path is wrong. */
    private static String decidingField(Fields fields) {
        return Stream.of("basename", "path")
                .filter(field -> fields.filled(field).isPresent())
                .findFirst()
                .orElse("name");
    }

    /** What another host exports must land below the directory that this host gave it. */
    private static boolean staysInside(Fields fields, String field, Path path) {
        Optional<String> given = fields.collectedInto();
        if (given.isEmpty()) {
            return true;
        }
        Path directory = Path.of(given.get()).normalize();
        boolean inside = path.startsWith(directory) && !path.equals(directory);
        if (!inside) {
            fields.problem(
                    field, "the collected path `" + path + "` leaves `" + given.get() + "`", "");
        }
        return inside;
    }
}
