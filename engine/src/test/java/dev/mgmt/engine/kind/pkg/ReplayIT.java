package dev.mgmt.engine.kind.pkg;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mgmt.engine.kind.pkg.Scene.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Package managers other than apt, replayed: what is decided from what they answer, the exact
 * command lines, whom failures are blamed on. dnf, zypper and pacman are recordings of the real
 * tools; apk's answers are written after its documentation, for want of the tool. The tables in
 * {@code recorded/} say how they came about.
 */
class ReplayIT {
    private static final Map<String, Set<String>> TOOLS =
            Map.of(
                    "dnf", Set.of("dnf", "rpm"),
                    "zypper", Set.of("zypper", "rpm"),
                    "pacman", Set.of("pacman"),
                    "apk", Set.of("apk"));

    @TempDir private Path dir;

    @TestFactory
    Stream<DynamicTest> theCallsAndWhatComesOfThemAreThoseOfTheTables() {
        return Stream.of("dnf", "zypper", "pacman", "apk")
                .flatMap(manager -> Scene.of(manager).stream())
                .map(scene -> dynamicTest(scene.toString(), () -> replay(scene)));
    }

    private void replay(Scene scene) throws IOException, InterruptedException {
        Path root = dir.resolve(scene.toString());
        for (String fresh : List.of("var/lib/pacman/sync", "var/cache/apk")) {
            Files.createDirectories(root.resolve(fresh));
        }
        Set<String> tools = Objects.requireNonNull(TOOLS.get(scene.manager()));
        RecordedHost host = new RecordedHost(tools, root, scene.entries());
        try (PkgRig rig = PkgRig.on(host, InstantSource.system())) {
            List<String> came = PkgRig.shown(rig.run(scene.attempt(), scene.resources()));
            assertEquals(scene.came(), came);
            assertEquals(scene.told(), rig.said());
            assertEquals(List.of(), host.left());
        }
    }

    private PkgRig rig(String... tools) {
        RecordedHost host = new RecordedHost(Set.of(tools), dir, List.of());
        return PkgRig.on(host, InstantSource.system());
    }

    @Test
    void aHostWithoutAKnownManagerIsAnErrorAndShipsNoFiles()
            throws IOException, InterruptedException {
        try (PkgRig rig = rig("emerge", "rpm")) {
            IOException thrown =
                    assertThrows(IOException.class, () -> rig.apply(PkgRig.installed("pear")));
            assertEquals(
                    "this host has no package manager that is known here (apt, dnf, zypper, pacman"
                            + " or apk)",
                    thrown.getMessage());
            assertEquals(Set.of(), rig.packages().of("pear"));
        }
    }

    @Test
    void aHostWithSeveralManagersTellsWhichIsItsOwn() throws IOException, InterruptedException {
        String[] all = {"apt-get", "dpkg", "dnf", "zypper", "rpm", "pacman", "apk"};
        Map<String, String> systems =
                Map.of(
                        "ID=debian", "apt",
                        "ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "apt",
                        "ID=rocky\nID_LIKE=\"rhel centos fedora\"", "dnf",
                        "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"", "zypper",
                        "ID=manjaro\nID_LIKE=arch", "pacman",
                        "ID=alpine", "apk",
                        "ID=other", "apt");
        Path release = Files.createDirectories(dir.resolve("etc")).resolve("os-release");
        for (Map.Entry<String, String> system : systems.entrySet()) {
            Files.writeString(release, "NAME=x\n" + system.getKey() + "\n");
            try (PkgRig rig = rig(all)) {
                assertEquals(system.getValue(), rig.packages().manager().name(), system.getKey());
            }
        }
    }

    @Test
    void packagesTellTheirFiles() throws IOException, InterruptedException {
        Path local = Files.createDirectories(dir.resolve("var/lib/pacman/local/pear-1:1.0-1"));
        Files.createFile(local.resolve("desc"));
        Files.writeString(
                local.resolve("files"),
                "%FILES%\nusr/\nusr/bin/\nusr/bin/pear\n\n%BACKUP%\netc/pear\t0123\n");
        try (PkgRig rig = rig("pacman")) {
            assertEquals(paths("/usr", "/usr/bin", "/usr/bin/pear"), rig.packages().of("pear"));
        }
        Path db = Files.createDirectories(dir.resolve("lib/apk/db"));
        Files.writeString(
                db.resolve("installed"),
                "P:plum\nV:1-r0\nF:etc\nR:plum\n\nP:pear\nV:1-r0\nF:usr/bin\nR:pear\nF:etc\n\n");
        try (PkgRig rig = rig("apk")) {
            assertEquals(paths("/usr/bin", "/usr/bin/pear", "/etc"), rig.packages().of("pear"));
        }
        Answer installed = new Answer(0, List.of("pear\t1.0-1"), List.of());
        Answer files = new Answer(0, List.of("/usr/share/pear", "(contains no files)"), List.of());
        List<Entry> entries =
                List.of(
                        new Entry.Ask(
                                List.of(
                                        "rpm",
                                        "-qa",
                                        "--qf",
                                        "%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n"),
                                installed),
                        new Entry.Ask(List.of("rpm", "-ql", "--", "pear"), files));
        RecordedHost rpm = new RecordedHost(Set.of("dnf", "rpm"), dir, entries);
        try (PkgRig rig = PkgRig.on(rpm, InstantSource.system())) {
            assertEquals(paths("/usr/share/pear"), rig.packages().of("pear"));
        }
    }

    private static Set<Path> paths(String... paths) {
        return Stream.of(paths).map(Path::of).collect(toSet());
    }
}
