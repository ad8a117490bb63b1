package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.OverlaySystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts with the host's own mount(8), below a system of the test's own. */
class MountIT {
    private static final String OTHERS = "# mine\nLABEL=x  /x\text4 defaults 0 1\n";

    @TempDir private Path dir;
    private OverlaySystem system;
    private GraphTester tester;
    private Path fstab;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        system = OverlaySystem.in(dir);
        fstab = Files.writeString(system.at("/etc/fstab"), OTHERS);
        Files.createDirectories(system.at("/srv/m"));
        tester = GraphTester.openAt(EngineOptions.of("h1"), system.root());
    }

    @AfterEach
    void close() throws IOException {
        tester.close();
        system.close();
    }

    private static String graph(String fields) {
        return "graph: g\nresources:\n  mount:\n  - name: /srv/m\n" + fields.indent(4);
    }

    private EngineStatus keep(String fields) {
        return tester.converge(graph(fields));
    }

    private Optional<Mounted> mounted(String point) {
        try {
            return Mounted.at(system.at(point).toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean has(String option) {
        return mounted("/srv/m").filter(found -> found.flags().contains(option)).isPresent();
    }

    @Test
    void fileSystemIsMountedKeptInFstabAndRemoved() throws IOException {
        EngineStatus status =
                keep(
                        "device: disk of memory\ntype: tmpfs\noptions: size=1m,noexec\nfreq: 1\npassno: 2");
        assertEquals(List.of(), status.failures());
        assertEquals("disk of memory", mounted("/srv/m").orElseThrow().source());
        assertTrue(has("noexec"));
        assertEquals(
                OTHERS + "disk\\040of\\040memory /srv/m tmpfs size=1m,noexec 1 2\n",
                Files.readString(fstab));
        assertEquals(
                List.of(
                        "device nothing → disk of memory",
                        "fstab absent → disk of memory tmpfs size=1m,noexec"),
                said());
        keep("state: absent");
        assertEquals(Optional.empty(), mounted("/srv/m"));
        assertEquals(OTHERS, Files.readString(fstab));
    }

    @Test
    void withoutPersistFstabIsLeftAlone() throws IOException {
        keep("device: a\ntype: tmpfs\npersist: false");
        assertTrue(mounted("/srv/m").isPresent());
        Files.writeString(fstab, "a /srv/m tmpfs noauto 0 0\n");
        keep("state: absent\npersist: false");
        assertEquals(Optional.empty(), mounted("/srv/m"));
        assertEquals("a /srv/m tmpfs noauto 0 0\n", Files.readString(fstab));
    }

    @Test
    void secondRunChangesNothing() {
        String graph = graph("device: a\ntype: tmpfs\noptions: nosuid,size=1m");
        tester.converge(graph);
        try (GraphTester second = GraphTester.openAt(EngineOptions.of("h1"), system.root())) {
            assertEquals(0, second.converge(graph).counts().changed());
        }
    }

    @Test
    void otherOptionsAreSetWithoutUnmounting() throws IOException {
        keep("device: a\ntype: tmpfs");
        Files.writeString(system.at("/srv/m/f"), "x");
        keep("device: a\ntype: tmpfs\noptions: ro,size=2m");
        assertTrue(has("ro"));
        keep("device: a\ntype: tmpfs\noptions: size=3m");
        assertTrue(has("size=3072k"), mounted("/srv/m").toString());
        assertEquals("x", Files.readString(system.at("/srv/m/f")));
    }

    @Test
    void otherDeviceReplacesTheOneThatIsThere() {
        keep("device: a\ntype: tmpfs");
        keep("device: b\ntype: tmpfs");
        assertEquals("b", mounted("/srv/m").orElseThrow().source());
        keep("state: absent");
        assertEquals(Optional.empty(), mounted("/srv/m"));
    }

    @Test
    void whatIsMountedStaysWhereTheOtherCannotBe() throws IOException {
        keep("device: a\ntype: tmpfs");
        EngineStatus status = keep("device: /dev/null\ntype: ext4");
        String reason = status.failures().getFirst().reason();
        assertTrue(reason.startsWith("cannot mount /dev/null at /srv/m: "), reason);
        assertEquals("a", mounted("/srv/m").orElseThrow().source());
        assertTrue(Files.readString(fstab).contains("a /srv/m tmpfs"));
    }

    @Test
    void driftIsMended() throws IOException, InterruptedException {
        keep("device: a\ntype: tmpfs\noptions: noexec");
        system.run("umount", "/srv/m");
        tester.await("the mount", () -> mounted("/srv/m").isPresent());
        system.run("mount", "-o", "remount,exec", "/srv/m");
        tester.await("noexec", () -> has("noexec"));
        Files.writeString(fstab, OTHERS);
        tester.await("the entry", () -> text(fstab).contains("a /srv/m tmpfs noexec"));
    }

    @Test
    void bindGoesAfterItsSourceItsPlaceAndBeforeWhatIsInIt() throws IOException {
        EngineStatus status =
                tester.converge(
                        """
                        graph: g
                        resources:
                          mount:
                          - {name: /srv/to, device: /srv/from, options: bind}
                          - {name: /srv/to/in, device: deep, type: tmpfs}
                          exec:
                          - name: make
                            cmd: mkdir %1$s/srv/from %1$s/srv/from/in %1$s/srv/to
                        edges: ["exec[make] -> mount[/srv/to]"]
                        """
                                .formatted(system.at("/")));
        assertEquals(List.of(), status.failures());
        assertEquals("deep", mounted("/srv/to/in").orElseThrow().source());
        assertTrue(text(fstab).contains("/srv/from /srv/to none bind 0 0\n"), text(fstab));
    }

    @Test
    void placeThatIsMissingIsSaid() {
        EngineStatus status = tester.converge(graph("path: /srv/none\ndevice: a\ntype: tmpfs"));
        assertEquals(
                "the mount point /srv/none does not exist"
                        + " (a resource `file` with the path /srv/none/ makes it)",
                status.failures().getFirst().reason());
        assertEquals(OTHERS, text(fstab), "nothing is promised that could not be mounted");
    }

    @Test
    void busyFileSystemIsNotForced() throws IOException, InterruptedException {
        keep("device: a\ntype: tmpfs");
        Process inside =
                new ProcessBuilder("sleep", "60").directory(system.at("/srv/m").toFile()).start();
        try {
            String reason = keep("state: absent").failures().getFirst().reason();
            assertTrue(reason.startsWith("cannot unmount /srv/m: "), reason);
            assertTrue(reason.contains("busy"), reason);
            assertTrue(text(fstab).contains("a /srv/m tmpfs"), text(fstab));
        } finally {
            inside.destroyForcibly().waitFor();
        }
    }

    @Test
    void systemdIsToldOfFstabAndAgainUntilItHears() throws IOException {
        Files.createDirectories(system.at("/run/systemd/system"));
        script("systemctl", "echo deaf >&2\nexit 1");
        String fields = "device: a\ntype: tmpfs\nmeta: {retry: -1, delay: 20}";
        tester.submit(graph(fields));
        tester.await("a failure", () -> tester.events().toString().contains("deaf"));
        script("systemctl", "echo \"$@\" >/told");
        tester.awaitIdle();
        assertEquals("daemon-reload\n", Files.readString(system.at("/told")));
    }

    @Test
    void optionsWithoutEffectAreSaidAndNotTriedForEver() throws IOException {
        keep("device: a\ntype: tmpfs");
        script("mount", "echo x >>/tries");
        String fields = "device: a\ntype: tmpfs\noptions: noexec";
        String said = "the options noexec have no effect on /srv/m";
        String reason = keep(fields).failures().getFirst().reason();
        assertTrue(reason.startsWith(said), reason);
        tester.converge(graph(fields + "\nmeta: {retry: 5}"));
        assertEquals("x\nx\n", Files.readString(system.at("/tries")), "once for each resource");
    }

    @Test
    void whatIsMountedUnderAnotherNameIsMountedOnce() throws IOException {
        script("mount", "echo x >>/tries\nexec /usr/bin/mount -t tmpfs -o size=1m alias /srv/m");
        assertEquals(List.of(), keep("device: 'real:'\ntype: tmpfs").failures());
        assertEquals("alias", mounted("/srv/m").orElseThrow().source());
        assertEquals("x\n", Files.readString(system.at("/tries")));
    }

    /** Whoever runs it meanwhile runs the old one or the new one. */
    private void script(String name, String body) throws IOException {
        Path file = Files.writeString(system.at("/usr/sbin/new"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(file, system.at("/usr/sbin/" + name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void underNoopNothingIsMountedOrWritten() {
        try (GraphTester noop =
                GraphTester.openAt(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), system.root())) {
            EngineStatus status = noop.converge(graph("path: /srv/none\ndevice: a\ntype: tmpfs"));
            assertEquals(1, status.counts().wouldChange());
            assertEquals(List.of(), status.failures());
        }
        assertEquals(Optional.empty(), mounted("/srv/m"));
        assertEquals(OTHERS, text(fstab));
    }

    private List<String> said() {
        return tester.events(EngineEvent.Applied.class).stream()
                .map(applied -> applied.property() + " " + applied.detail())
                .toList();
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
