package dev.mgmt.engine.kind.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The name of a kernel parameter. As sysctl(8) reads it: where the first separator is a dot, dots
 * separate and a slash stands for a dot within a name; where it is a slash, it is the other way.
 *
 * @param names from the outermost on
 */
record SysctlKey(List<String> names) {
    SysctlKey {
        names = List.copyOf(names);
    }

    /** Empty if it is none, or would lead elsewhere. */
    static Optional<SysctlKey> of(String text) {
        int dot = text.indexOf('.');
        int slash = text.indexOf('/');
        boolean dotted = slash < 0 || (dot >= 0 && dot < slash);
        List<String> names =
                dotted
                        ? Stream.of(text.split("\\.", -1))
                                .map(name -> name.replace('/', '.'))
                                .toList()
                        : List.of(text.split("/", -1));
        boolean good =
                names.size() > 1
                        && names.stream()
                                .allMatch(
                                        name ->
                                                name.matches("[A-Za-z0-9_.:@-]+")
                                                        && !name.matches("\\.+"));
        return good ? Optional.of(new SysctlKey(names)) : Optional.empty();
    }

    /** Where the kernel shows it. */
    Path live() {
        return Path.of("/proc/sys", names.toArray(String[]::new));
    }

    /** Where it is kept for the next start. */
    Path kept() {
        return Path.of("/etc/sysctl.d/99-mgmt-" + String.join(".", names) + ".conf");
    }

    /** As sysctl.d(5) reads it, whatever is in the names. */
    @Override
    public String toString() {
        return String.join(".", names.stream().map(name -> name.replace('.', '/')).toList());
    }
}
