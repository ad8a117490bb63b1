package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.os.FileFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file of keys is.
 *
 * @param trusted the directory that only administrators can replace
 * @param through the directories from there to the file, outermost first
 * @param name of the file
 */
record KeyPlace(Path trusted, List<Path> through, Path name) {
    KeyPlace {
        through = List.copyOf(through);
    }

    static KeyPlace usual(Path home) {
        return new KeyPlace(home, List.of(Path.of(".ssh")), Path.of("authorized_keys"));
    }

    /** All that is in a home can be replaced by its user, so the way there begins at the home. */
    static KeyPlace of(Path home, Path file) throws FileFault {
        Path parent = file.getParent();
        Path name = file.getFileName();
        if (parent == null || name == null || file.equals(home)) {
            throw new FileFault(file + " cannot be a file of keys");
        }
        List<Path> through = new ArrayList<>();
        if (parent.startsWith(home) && !parent.equals(home)) {
            home.relativize(parent).forEach(through::add);
        }
        return new KeyPlace(parent.startsWith(home) ? home : parent, through, name);
    }

    Path file() {
        Path path = trusted;
        for (Path directory : through) {
            path = path.resolve(directory);
        }
        return path.resolve(name);
    }
}
