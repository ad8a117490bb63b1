package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the host itself, as passwd(5) and group(5) have them: those that a directory
 * service adds are not the graph's. Both files are read again only when they have changed, because
 * every account asks at every change.
 */
final class AccountFiles {
    private final Table<User> users;
    private final Table<Group> groups;

    AccountFiles(HostRoot root) {
        users = new Table<>(root.at("/etc/passwd"), AccountFiles::user);
        groups = new Table<>(root.at("/etc/group"), AccountFiles::group);
    }

    /** One line of passwd. */
    record User(String name, long uid, long gid, String home, String shell) implements Entry {}

    /** One line of group. */
    record Group(String name, long gid, Set<String> members) implements Entry {
        Group {
            members = Set.copyOf(members);
        }
    }

    sealed interface Entry permits User, Group {
        String name();
    }

    List<Path> paths() {
        return List.of(users.path, groups.path);
    }

    Optional<User> user(String name) throws IOException {
        return Optional.ofNullable(users.entries().get(name));
    }

    Optional<Group> group(String name) throws IOException {
        return Optional.ofNullable(groups.entries().get(name));
    }

    /**
     * @param text a name, or a number
     */
    Optional<Group> groupOf(String text) throws IOException {
        Optional<Group> named = group(text);
        if (named.isPresent() || !AccountName.isNumber(text)) {
            return named;
        }
        long gid = Long.parseLong(text);
        return groups.entries().values().stream().filter(g -> g.gid() == gid).findFirst();
    }

    /** The names of the groups that list this user as a member. */
    List<String> groupsWith(String user) throws IOException {
        return groups.entries().values().stream()
                .filter(group -> group.members().contains(user))
                .map(Group::name)
                .sorted()
                .toList();
    }

    private static final class Table<E extends Entry> {
        private final Path path;
        private final Function<String[], @Nullable E> parser;
        private Map<String, E> entries = Map.of();
        private @Nullable FileStamp readAs;

        private Table(Path path, Function<String[], @Nullable E> parser) {
            this.path = path;
            this.parser = parser;
        }

        private synchronized Map<String, E> entries() throws IOException {
            long now = System.currentTimeMillis();
            FileStamp present = FileStamp.behind(path);
            if (present == null) {
                throw new FileFault(path + " does not exist: this host has no accounts");
            }
            if (!present.same(readAs)) {
                entries = read();
                readAs = present.settledAt(now) ? present : null;
            }
            return entries;
        }

        private Map<String, E> read() throws IOException {
            Map<String, E> found = new HashMap<>();
            // Names are ASCII; comments may be in whatever somebody's terminal wrote.
            for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
                E entry = parser.apply(line.split(":", -1));
                if (entry != null) {
                    found.putIfAbsent(entry.name(), entry);
                }
            }
            return found;
        }
    }

    private static @Nullable User user(String[] parts) {
        return parts.length >= 7 && AccountName.isNumber(parts[2]) && AccountName.isNumber(parts[3])
                ? new User(
                        parts[0],
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3]),
                        parts[5],
                        parts[6])
                : null;
    }

    private static @Nullable Group group(String[] parts) {
        return parts.length >= 4 && AccountName.isNumber(parts[2])
                ? new Group(
                        parts[0],
                        Long.parseLong(parts[2]),
                        Set.copyOf(List.of(parts[3].strip().split(",+"))))
                : null;
    }
}
