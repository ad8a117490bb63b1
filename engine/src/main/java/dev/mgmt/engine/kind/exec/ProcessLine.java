package dev.mgmt.engine.kind.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The argument vector that starts a command in a process group of its own and, where asked for, as
 * another user with that user's login groups.
 */
final class ProcessLine {
    private static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    /** setpriv(1) wants to be told the login group. */
    private static final String WITH_LOGIN_GROUP =
            "exec setpriv --reuid=\"$0\" --regid=\"$(id -g \"$0\")\" --init-groups \"$@\"";

    private ProcessLine() {}

    static List<String> of(ExecResource resource, ExecResource.Command command) throws IOException {
        List<String> line = new ArrayList<>();
        if (find("setsid") != null) {
            line.add("setsid");
        }
        line.addAll(identity(resource.user(), resource.group()));
        line.addAll(command.argv());
        return line;
    }

    private static List<String> identity(Optional<String> user, Optional<String> group)
            throws IOException {
        if (user.isEmpty() && group.isEmpty()) {
            return List.of();
        }
        if (hasSetpriv()) {
            return user.isEmpty()
                    ? List.of("setpriv", "--regid=" + group.orElseThrow(), "--keep-groups")
                    : withSetpriv(user.get(), group);
        }
        if (user.isPresent() && find("runuser") != null) {
            return withGroup(List.of("runuser", "-u", user.get()), group, List.of("--"));
        }
        if (user.isPresent() && find("su") != null) {
            List<String> shell = List.of(user.get(), "-c", "exec \"$0\" \"$@\"");
            return withGroup(List.of("su", "-s", "/bin/sh"), group, shell);
        }
        throw new IOException(
                "cannot run as another user or group: this host has none of setpriv, runuser and"
                        + " su (setpriv is in the package util-linux)");
    }

    private static List<String> withSetpriv(String user, Optional<String> group) {
        return group.isPresent()
                ? List.of("setpriv", "--reuid=" + user, "--regid=" + group.get(), "--init-groups")
                : List.of("sh", "-c", WITH_LOGIN_GROUP, user);
    }

    private static List<String> withGroup(
            List<String> start, Optional<String> group, List<String> end) {
        List<String> line = new ArrayList<>(start);
        if (group.isPresent()) {
            line.add("-g");
            line.add(group.get());
        }
        line.addAll(end);
        return line;
    }

    /** BusyBox has a setpriv that cannot change users. */
    private static boolean hasSetpriv() throws IOException {
        Path setpriv = find("setpriv");
        return setpriv != null && !setpriv.toRealPath().endsWith("busybox");
    }

    private static @Nullable Path find(String program) {
        for (Path directory : DIRECTORIES) {
            Path candidate = directory.resolve(program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
