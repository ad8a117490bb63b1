package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machine that is managed: this one, but in tests, which boot one of their own.
 *
 * @param root its root directory as seen from here
 * @param entry what makes a command run there; empty if it is this machine
 */
public record Machine(Path root, List<String> entry) {
    private static final List<String> DIRECTORIES =
            List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    public Machine {
        entry = List.copyOf(entry);
    }

    public static Machine here() {
        return new Machine(Path.of("/"), List.of());
    }

    /** Where the sockets of this user's session are, whether there is one or not. */
    public Path sessionDirectory() throws IOException {
        String given = entry.isEmpty() ? System.getenv("XDG_RUNTIME_DIR") : null;
        if (given != null && given.startsWith("/")) {
            return Path.of(given);
        }
        return at("/run/user/" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** A path of the machine as seen from here. */
    public Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Whether there is something at a path, links of the machine followed within the machine. */
    public boolean has(String absolute) throws IOException {
        Path within = Path.of(absolute);
        for (int links = 0; links < MOST_LINKS; links++) {
            Path seen = at(within.toString());
            if (!Files.isSymbolicLink(seen)) {
                return Files.exists(seen);
            }
            within = within.resolveSibling(Files.readSymbolicLink(seen)).normalize();
        }
        return false;
    }

    /** As sd_booted(3) tells it. */
    public boolean runsSystemd() {
        return Files.isDirectory(at("/run/systemd/system"));
    }

    /** Where it has a program of this name. */
    public Optional<String> tool(String name) {
        return DIRECTORIES.stream()
                .map(directory -> directory + "/" + name)
                .filter(path -> Files.isExecutable(at(path)))
                .findFirst();
    }

    /** The words that run a tool there. */
    public List<String> command(String tool, List<String> arguments) {
        String found = entry.isEmpty() ? at(tool).toString() : tool;
        List<String> line = new ArrayList<>(entry);
        line.add(found);
        line.addAll(arguments);
        return line;
    }
}
