package dev.mgmt.engine.kind.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and groups with the package shadow's programs, in a system of the test's own. */
class AccountIT {
    @TempDir private Path dir;
    private OverlaySystem system;
    private GraphTester tester;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        system = OverlaySystem.in(dir);
        tester = GraphTester.openAt(EngineOptions.of("h1"), system.root());
    }

    @AfterEach
    void close() throws IOException {
        tester.close();
        system.close();
    }

    private static String user(String fields) {
        return "graph: g\nresources:\n  user:\n  - name: mgmt-u\n" + fields.indent(4);
    }

    private static String group(String fields) {
        return "graph: g\nresources:\n  group:\n  - name: mgmt-g\n" + fields.indent(4);
    }

    @Test
    void groupIsMadeRenumberedAndRemoved() {
        assertEquals(1, tester.converge(group("state: exists\ngid: 4711")).counts().changed());
        assertEquals("mgmt-g:x:4711:", entry("group", "mgmt-g"));
        tester.converge(group("state: exists\ngid: 4712"));
        assertEquals("mgmt-g:x:4712:", entry("group", "mgmt-g"));
        tester.converge(group("state: exists"));
        assertEquals("mgmt-g:x:4712:", entry("group", "mgmt-g"));
        tester.converge(group("state: absent"));
        assertEquals("", entry("group", "mgmt-g"));
        tester.forgetEvents();
        tester.converge(group("state: absent\ngid: 3"));
        assertEquals(List.of(), tester.events(EngineEvent.Applied.class));
    }

    @Test
    void userIsMadeAsAskedAndChangedInOneGo() throws IOException {
        tester.converge(
                """
                graph: g
                resources:
                  group:
                  - {name: mgmt-a, state: exists, gid: 4001}
                  - {name: mgmt-b, state: exists, gid: 4002}
                  - {name: mgmt-c, state: exists, gid: 4003}
                  user:
                  - name: mgmt-u
                    state: exists
                    uid: 4242
                    group: mgmt-a
                    groups: [mgmt-c, "4002"]
                    homedir: /home/of-u
                    shell: /bin/sh
                """);
        assertEquals("mgmt-u:x:4242:4001::/home/of-u:/bin/sh", entry("passwd", "mgmt-u"));
        assertEquals("mgmt-b:x:4002:mgmt-u", entry("group", "mgmt-b"));
        assertEquals("mgmt-c:x:4003:mgmt-u", entry("group", "mgmt-c"));
        assertEquals(4242, Files.getAttribute(system.at("/home/of-u"), "unix:uid"));

        tester.forgetEvents();
        tester.converge(
                user(
                        "state: exists\nuid: 4243\ngid: 4002\ngroups: [mgmt-c]\n"
                                + "homedir: /home/else\nshell: /bin/false"));
        assertEquals("mgmt-u:x:4243:4002::/home/else:/bin/false", entry("passwd", "mgmt-u"));
        assertEquals("mgmt-b:x:4002:", entry("group", "mgmt-b"));
        assertFalse(Files.exists(system.at("/home/else")), "a home is not moved");
        List<String> said =
                tester.events(EngineEvent.Applied.class).stream()
                        .map(applied -> applied.property() + " " + applied.detail())
                        .toList();
        assertEquals(
                List.of(
                        "uid 4242 → 4243",
                        "group mgmt-a → 4002",
                        "groups mgmt-b,mgmt-c → mgmt-c",
                        "homedir /home/of-u → /home/else",
                        "shell /bin/sh → /bin/false"),
                said);
        tester.converge(user("state: absent"));
        assertEquals("", entry("passwd", "mgmt-u"));
        assertTrue(Files.exists(system.at("/home/of-u")), "a home is not removed");
    }

    @Test
    void secondRunChangesNothing() {
        String graph = user("state: exists\nuid: 4242\nhomedir: /home/of-u\nshell: /bin/sh");
        tester.converge(graph);
        try (GraphTester second = GraphTester.openAt(EngineOptions.of("h1"), system.root())) {
            EngineStatus status = second.converge(graph);
            assertEquals(1, status.counts().good());
            assertEquals(List.of(), second.events(EngineEvent.Applied.class));
        }
    }

    @Test
    void userJoinsTheGroupOfItsNameIfThereIsOne() throws IOException, InterruptedException {
        system.run("groupadd", "-g", "4321", "mgmt-u");
        tester.converge(user("state: exists\nuid: 4242"));
        assertTrue(entry("passwd", "mgmt-u").startsWith("mgmt-u:x:4242:4321:"));
    }

    @Test
    void numberOfAnotherUserIsRefusedUnlessDuplicatesAreAllowed() {
        EngineStatus status = tester.converge(user("state: exists\nuid: 0"));
        String reason = status.failures().getFirst().reason();
        assertTrue(reason.contains("cannot make the user mgmt-u: useradd: UID 0"), reason);
        assertEquals("", entry("passwd", "mgmt-u"));
        tester.converge(user("state: exists\nuid: 0\nallowduplicateuid: true"));
        assertTrue(entry("passwd", "mgmt-u").startsWith("mgmt-u:x:0:"));
    }

    @Test
    void groupThatIsNotThereIsNamed() {
        EngineStatus status = tester.converge(user("state: exists\ngroups: [mgmt-none]"));
        assertEquals(
                "there is no group mgmt-none on this host (a resource `group` makes one)",
                status.failures().getFirst().reason());
    }

    @Test
    void groupIsRemovedAfterTheUsersWhoLogInWithIt() {
        String accounts =
                """
                graph: g
                resources:
                  group:
                  - {name: mgmt-g, state: exists, gid: 4711}
                  user:
                  - {name: mgmt-u, state: exists, uid: 4242, group: mgmt-g}
                """;
        assertEquals(List.of(), tester.converge(accounts).failures());
        EngineStatus status = tester.converge(accounts.replace("exists", "absent"));
        assertEquals(List.of(), status.failures());
        assertEquals("", entry("passwd", "mgmt-u"));
        assertEquals("", entry("group", "mgmt-g"));
    }

    @Test
    void driftIsMendedAlsoWhenTheFileIsReplaced() throws IOException, InterruptedException {
        tester.converge(user("state: exists\nshell: /bin/sh"));
        system.run("usermod", "-s", "/bin/false", "mgmt-u");
        tester.await("the shell", () -> entry("passwd", "mgmt-u").endsWith(":/bin/sh"));
        system.run("userdel", "mgmt-u");
        tester.await("the user", () -> entry("passwd", "mgmt-u").endsWith(":/bin/sh"));
    }

    @Test
    void manyAccountsAtOnceDoNotFindTheFilesLocked() {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  group:\n");
        for (int i = 0; i < 15; i++) {
            yaml.append("  - {name: mgmt-g").append(i).append(", state: exists}\n");
        }
        yaml.append("  user:\n");
        for (int i = 0; i < 15; i++) {
            yaml.append("  - {name: mgmt-u").append(i).append(", state: exists}\n");
        }
        EngineStatus status = tester.converge(yaml.toString());
        assertEquals(List.of(), status.failures());
        assertEquals(30, status.counts().good());
    }

    @Test
    void underNoopNothingIsTouched() {
        try (GraphTester noop =
                GraphTester.openAt(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), system.root())) {
            EngineStatus status =
                    noop.converge(
                            user("state: exists\ngroups: [mgmt-none]")
                                    + "  group:\n  - {name: mgmt-none, state: exists}\n");
            assertEquals(2, status.counts().wouldChange());
        }
        assertEquals("", entry("passwd", "mgmt-u"));
    }

    private String entry(String file, String name) {
        try {
            return Files.readAllLines(system.at("/etc/" + file)).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
