package dev.mgmt.engine.kind.augeas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.OverlaySystem;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values in files of a test's own, set by the real {@code augtool}. */
class AugeasIT {
    private static final String SSHD =
            "# ours\nPort 22\nPermitRootLogin no\n\nMatch User bob\n  X11Forwarding yes\n";

    @TempDir private Path dir;
    private GraphTester tester;

    @BeforeEach
    void open() {
        assertTrue(HostRoot.REAL.has("augtool"), "install Debian's package augeas-tools");
        tester = GraphTester.open();
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private EngineStatus set(String file, String lens, String... sets) {
        return tester.converge(
                "graph: g\nresources:\n  augeas:\n  - name: a\n    file: '%s/%s'\n    lens: %s\n    sets:\n%s"
                        .formatted(dir, file, lens, String.join("\n", sets).indent(4)));
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(dir.resolve(file), text);
    }

    private String read(String file) {
        try {
            return Files.readString(dir.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    private static String reason(EngineStatus status) {
        return status.failures().getFirst().reason();
    }

    private List<String> applied() {
        return tester.events(EngineEvent.Applied.class).stream()
                .map(applied -> applied.property() + " " + applied.detail())
                .toList();
    }

    private void noop() {
        tester.close();
        tester =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new MemoryWorld());
    }

    @Test
    void onlyTheValuesAreChangedAndTheFileStaysAsItWasOtherwise() throws IOException {
        Files.setAttribute(write("sshd", SSHD), "unix:mode", 0600);
        EngineStatus status =
                set(
                        "sshd",
                        "Sshd.lns",
                        "- {path: Port, value: 2222}",
                        "- {path: PermitRootLogin, value: no}",
                        "- {path: Match/Settings/X11Forwarding, value: no}");
        assertEquals(List.of(), status.failures());
        assertEquals(SSHD.replace("22", "2222").replace("yes", "no"), read("sshd"));
        assertEquals(0600, (int) Files.getAttribute(dir.resolve("sshd"), "unix:mode") & 07777);
        assertEquals(
                List.of(
                        "set Port: `22` → `2222`",
                        "set Match/Settings/X11Forwarding: `yes` → `no`"),
                applied());
        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(1, left.count(), "nothing is left beside it");
        }
    }

    @Test
    void whatIsAsItShouldBeIsLeftAloneAndWhatIsChangedIsMended() throws IOException {
        write("sshd", SSHD);
        assertEquals(0, set("sshd", "Sshd.lns", "- {path: Port, value: 22}").counts().changed());
        write("sshd", SSHD.replace("22", "23"));
        tester.await("the value", () -> SSHD.equals(read("sshd")));
        Files.delete(dir.resolve("sshd"));
        tester.await("the file", () -> "Port 22\n".equals(read("sshd")));
    }

    @Test
    void underNoopTheFileStaysAndTheChangesAreTold() throws IOException {
        write("sshd", "Port 22\n");
        noop();
        EngineStatus status =
                set(
                        "sshd",
                        "Sshd.lns",
                        "- {path: Port, value: 2222}",
                        "- {path: AddressFamily, value: inet}");
        assertEquals(1, status.counts().wouldChange());
        assertEquals(
                List.of("Port: `22` → `2222`", "AddressFamily: absent → `inet`"),
                tester.events(EngineEvent.WouldApply.class).stream()
                        .map(EngineEvent.WouldApply::detail)
                        .toList());
        assertEquals("Port 22\n", read("sshd"));
    }

    @Test
    void underNoopAFileMayYetBeMissing() {
        noop();
        EngineStatus status = set("hosts", "Hosts.lns", "- {path: 01/ipaddr, value: 10.0.0.1}");
        assertEquals(1, status.counts().wouldChange());
        assertFalse(Files.exists(dir.resolve("hosts")));
    }

    @Test
    void valuesAndPathsArriveAsTheyAreWritten() throws IOException {
        String file = "odd [1] *name=(x),!";
        write(file, "[s]\na = 1\n");
        String value = "x]y\\\\]z[ \\\"q' $(touch " + dir + "/evil) `id` ü = | && \\\\n";
        EngineStatus status = set(file, "Puppet.lns", "- {path: s/a, value: \"" + value + "\"}");
        assertEquals(List.of(), status.failures());
        assertEquals(
                "[s]\na = " + value.replace("\\\\", "\\").replace("\\\"", "\"") + "\n", read(file));
        assertFalse(Files.exists(dir.resolve("evil")));
    }

    @Test
    void aPathMayBeAnExpression() throws IOException {
        write("hosts", "127.0.0.1 localhost\n10.0.0.1 a b\n");
        assertEquals(
                List.of(),
                set(
                                "hosts",
                                "Hosts.lns",
                                "- {path: \"*[ipaddr = \\\"10.0.0.1\\\"]/canonical\", value: c}",
                                "- {path: 'seq::*[ipaddr = \"10.0.0.2\"]/ipaddr', value: 10.0.0.2}",
                                "- {path: 'seq::*[ipaddr = \"10.0.0.2\"]/canonical', value: d}")
                        .failures());
        assertEquals("127.0.0.1 localhost\n10.0.0.1 c b\n10.0.0.2\td\n", read("hosts"));
        assertTrue(
                reason(set("hosts", "Hosts.lns", "- {path: \"*/canonical\", value: x}"))
                        .startsWith("`*/canonical` leads to 3 nodes"));
    }

    @Test
    void aPathThatNeverFindsWhatItMadeIsAnErrorAndDoesNotMakeItAgain() throws IOException {
        write("hosts", "127.0.0.1 localhost\n");
        String reason =
                reason(
                        set(
                                "hosts",
                                "Hosts.lns",
                                "- {path: 01/ipaddr, value: 10.0.0.2}",
                                "- {path: 01/canonical, value: d}"));
        assertTrue(reason.contains("(01/ipaddr: absent → `10.0.0.2`)"), reason);
        String once = "127.0.0.1 localhost\n10.0.0.2\td\n";
        assertEquals(once, read("hosts"));
        // Its own write was an event: the second look must not write again.
        assertEquals(
                List.of(),
                set("hosts", "Hosts.lns", "- {path: 1/ipaddr, value: 127.0.0.1}").failures());
        assertEquals(once, read("hosts"));
    }

    @Test
    void aValueThatTheFormatDoesNotAllowChangesNothing() throws IOException {
        write("hosts", "127.0.0.1 localhost\n");
        String reason =
                reason(
                        set(
                                "hosts",
                                "Hosts.lns",
                                "- {path: 1/ipaddr, value: 10.0.0.1}",
                                "- {path: 1/canonical, value: two words}"));
        assertTrue(
                reason.startsWith("cannot save " + dir + "/hosts with Hosts.lns: put_failed"),
                reason);
        assertEquals("127.0.0.1 localhost\n", read("hosts"));
    }

    @Test
    void whatCannotBeReadIsAnErrorThatSaysWhere() throws IOException {
        write("hosts", "127.0.0.1 localhost\ngarbage\n");
        String reason = reason(set("hosts", "Hosts.lns", "- {path: 1/ipaddr, value: 10.0.0.1}"));
        assertTrue(
                reason.startsWith(
                        "cannot read "
                                + dir
                                + "/hosts with Hosts.lns: parse_failed at line 2, character 7"),
                reason);
        assertEquals(
                "Can not find lens Nope.lns",
                reason(set("hosts", "Nope.lns", "- {path: a, value: b}")));
    }

    @Test
    void aPathThatIsNoneIsAnError() throws IOException {
        write("sshd", SSHD);
        String reason = reason(set("sshd", "Sshd.lns", "- {path: 'Match[', value: x}"));
        assertTrue(reason.startsWith("`Match[` cannot be set: "), reason);
        assertTrue(reason.contains("unmatched ["), reason);
        assertEquals(SSHD, read("sshd"));
    }

    @Test
    void severalResourcesOnOneFileDoNotUndoEachOther() throws IOException {
        write("v", "a=0\nb=0\nc=0\nd=0\n");
        StringBuilder graph = new StringBuilder("graph: g\nresources:\n  augeas:\n");
        for (String key : List.of("a", "b", "c", "d")) {
            graph.append(
                    "  - {name: %s, file: %s/v, lens: Simplevars.lns, sets: [{path: %s, value: 1}]}\n"
                            .formatted(key, dir, key));
        }
        assertEquals(List.of(), tester.converge(graph.toString()).failures());
        assertEquals("a=1\nb=1\nc=1\nd=1\n", read("v"));
    }

    @Test
    void aLinkStaysALink() throws IOException {
        write("real", SSHD);
        Files.createSymbolicLink(dir.resolve("sshd"), Path.of("real"));
        assertEquals(List.of(), set("sshd", "Sshd.lns", "- {path: Port, value: 23}").failures());
        assertTrue(Files.isSymbolicLink(dir.resolve("sshd")));
        assertEquals(SSHD.replace("22", "23"), read("real"));
    }

    @Test
    void withoutAFileThePathLeadsIntoTheOneThatAugeasKnows()
            throws IOException, InterruptedException {
        tester.close();
        try (OverlaySystem system =
                OverlaySystem.in(Files.createDirectory(dir.resolve("system")))) {
            Path hosts = system.at("/etc/hosts");
            Files.writeString(hosts, "127.0.0.1 localhost\n");
            Files.writeString(system.at("/etc/fstab"), "garbage that is none of our business\n");
            tester = GraphTester.openAt(EngineOptions.of("h1"), system.root());
            EngineStatus status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              augeas:
                              - name: a
                                sets:
                                - {path: /etc/hosts/1/canonical, value: one}
                                - {path: /files/etc/hosts/1/alias, value: two}
                            """);
            assertEquals(List.of(), status.failures());
            assertEquals("127.0.0.1 one two\n", Files.readString(hosts));
            Files.writeString(hosts, "127.0.0.1 localhost\n");
            tester.await(
                    "the values",
                    () -> "127.0.0.1 one two\n".equals(read("system/root/etc/hosts")));
            tester.close();
        }
    }

    @Test
    void aPathThatNoKnownFileHasIsAnError() throws IOException {
        write("x", "a=1\n");
        assertEquals(
                "nothing was saved: no file that Augeas knows has these paths (give `file` and"
                        + " `lens`)",
                reason(
                        tester.converge(
                                "graph: g\nresources:\n  augeas:\n  - {name: a, sets: [{path: %s/x/a, value: 2}]}\n"
                                        .formatted(dir))));
        assertEquals("a=1\n", read("x"));
    }
}
