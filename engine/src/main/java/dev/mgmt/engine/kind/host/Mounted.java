package dev.mgmt.engine.kind.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One file system as the kernel has it mounted (proc_pid_mountinfo(5)).
 *
 * @param flags of the mount and of the file system
 */
record Mounted(String point, String type, String source, Set<String> flags) {
    static final Path TABLE = Path.of("/proc/self/mountinfo");

    Mounted {
        flags = Set.copyOf(flags);
    }

    /** The uppermost one at this place. */
    static Optional<Mounted> at(Path point) throws IOException {
        String name = point.toString();
        Mounted found = null;
        for (String line : Files.readAllLines(TABLE, StandardCharsets.UTF_8)) {
            Optional<Mounted> mounted = of(line).filter(one -> one.point().equals(name));
            found = mounted.orElse(found);
        }
        return Optional.ofNullable(found);
    }

    /** The same thing at the same place, whatever its flags are now. */
    boolean isLike(Mounted other) {
        return point.equals(other.point) && type.equals(other.type) && source.equals(other.source);
    }

    static Optional<Mounted> of(String line) {
        List<String> words = List.of(line.split(" "));
        int dash = words.indexOf("-");
        if (dash < 6 || words.size() < dash + 4) {
            return Optional.empty();
        }
        Set<String> flags = new HashSet<>(List.of(words.get(5).split(",")));
        flags.addAll(List.of(words.get(dash + 3).split(",")));
        return Optional.of(
                new Mounted(
                        FstabEntry.unescaped(words.get(4)),
                        words.get(dash + 1),
                        FstabEntry.unescaped(words.get(dash + 2)),
                        flags));
    }
}
