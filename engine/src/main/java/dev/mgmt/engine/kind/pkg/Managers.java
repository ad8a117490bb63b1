package dev.mgmt.engine.kind.pkg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the package manager of a host: by its tools, and where it has several, by its system. */
final class Managers {
    private static final List<Known> KNOWN =
            List.of(
                    new Known(Set.of("debian", "ubuntu"), List.of("apt-get", "dpkg"), Apt::new),
                    new Known(Set.of("fedora", "rhel", "centos"), List.of("dnf", "rpm"), Dnf::new),
                    new Known(
                            Set.of("suse", "opensuse", "sles"),
                            List.of("zypper", "rpm"),
                            Zypper::new),
                    new Known(Set.of("arch"), List.of("pacman"), Pacman::new),
                    new Known(Set.of("alpine"), List.of("apk"), Apk::new));

    private Managers() {}

    /**
     * @param systems what os-release(5) calls the systems whose own manager it is
     */
    private record Known(
            Set<String> systems,
            List<String> tools,
            Function<PackageHost, PackageManager> manager) {}

    /** Empty if there is none that is known here. */
    static Optional<PackageManager> of(PackageHost host) throws IOException {
        List<Known> present = new ArrayList<>();
        for (Known known : KNOWN) {
            if (known.tools().stream().allMatch(host::has)) {
                present.add(known);
            }
        }
        if (present.size() > 1) {
            List<String> systems = systems(host.at("/etc/os-release"));
            for (Known known : present) {
                if (systems.stream().anyMatch(known.systems()::contains)) {
                    return Optional.of(known.manager().apply(host));
                }
            }
        }
        return present.stream().findFirst().map(known -> known.manager().apply(host));
    }

    /** What the system is, then what it is like. */
    private static List<String> systems(Path release) throws IOException {
        List<String> found = new ArrayList<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(release);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        for (String field : List.of("ID=", "ID_LIKE=")) {
            for (String line : lines) {
                if (line.startsWith(field)) {
                    String value = line.substring(field.length()).replace("\"", "");
                    found.addAll(List.of(value.trim().split("\\s+", -1)));
                }
            }
        }
        return found;
    }
}
