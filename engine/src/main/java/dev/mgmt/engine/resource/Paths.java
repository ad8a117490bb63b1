package dev.mgmt.engine.resource;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths that users write. */
public final class Paths {
    private Paths() {}

    /** Empty, and a problem of that field, if it is not absolute or no path on this system. */
    public static Optional<Path> absolute(Fields fields, String field, String text) {
        if (!text.startsWith("/")) {
            fields.problem(field, "`" + text + "` is not an absolute path", "start it with `/`");
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text).normalize());
        } catch (InvalidPathException e) {
            fields.problem(field, "not a path on this system: " + e.getReason(), "");
            return Optional.empty();
        }
    }
}
