package dev.mgmt.engine.kind.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.SlowWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in the homes of a system of the test's own; needs root, as it makes files of others. */
class AuthorizedKeyIT {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICuyyr8TsFmCLsPBSTdjnKbcd8qXOqjTXyKqaH1dPZ0T";
    private static final String OTHER =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final int UID = 64123;

    @TempDir private Path dir;
    private GraphTester tester;
    private Path home;
    private Path keys;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectories(dir.resolve("home/u"));
        Files.createDirectories(dir.resolve("etc"));
        Files.writeString(
                dir.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\nu:x:" + UID + ":64124::/home/u:/bin/sh\n");
        Files.writeString(dir.resolve("etc/group"), "root:x:0:\nu:x:64124:\n");
        give(home);
        keys = home.resolve(".ssh/authorized_keys");
        tester = GraphTester.openAt(EngineOptions.of("h1"), new HostRoot(dir));
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private EngineStatus keep(String fields) {
        return tester.converge(graph(fields));
    }

    /** Lets go of the key, so that a test can arrange files that nobody watches. */
    private void leave() {
        tester.converge("graph: none\n");
    }

    private static String graph(String fields) {
        return "graph: g\nresources:\n  authorized_key:\n  - name: laptop\n    user: u\n"
                + fields.indent(4);
    }

    @Test
    void keyIsAddedWithWhatLeadsToItPrivateAndTheUsers() throws IOException {
        assertEquals(List.of(), keep("key: " + KEY).failures());
        assertEquals(KEY + " laptop\n", Files.readString(keys));
        assertEquals("rwx------", mode(home.resolve(".ssh")));
        assertEquals("rw-------", mode(keys));
        assertEquals(UID, Files.getAttribute(keys, "unix:uid"));
        assertEquals(64124, Files.getAttribute(home.resolve(".ssh"), "unix:gid"));
        assertEquals(List.of("authorized_keys"), names(home.resolve(".ssh")));

        tester.forgetEvents();
        keep("key: " + KEY + "\nmeta: {delay: 1}");
        assertEquals(List.of(), tester.events(EngineEvent.Applied.class));
    }

    @Test
    void otherLinesStayAndTheKeysOwnLineIsMadeExact() throws IOException {
        String others = "# mine\n" + OTHER + " o\n\nfrom=\"a b\",no-pty " + KEY + " \u00e9\n";
        put(keys, others + KEY + " again");
        keep("key: " + KEY + "\noptions: no-pty,command=\"echo hi\"\ncomment: c d");
        assertEquals(
                "# mine\n" + OTHER + " o\n\nno-pty,command=\"echo hi\" " + KEY + " c d",
                Files.readString(keys));
        assertFalse(tester.events().toString().contains("echo hi"), "options are not shown");
        assertTrue(tester.events().toString().contains("SHA256:"), "the key is named");

        keep("key: " + KEY + "\nstate: absent");
        assertEquals("# mine\n" + OTHER + " o\n", Files.readString(keys));
    }

    @Test
    void commentThatIsNotGivenStaysAsItIs() throws IOException {
        put(keys, KEY + " somebody's\n");
        keep("key: " + KEY);
        assertEquals(KEY + " somebody's\n", Files.readString(keys));
    }

    @Test
    void manyKeysOfOneFileDoNotUndoEachOther() throws IOException {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  authorized_key:\n");
        String start = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI";
        for (int i = 10; i < 60; i++) {
            yaml.append("  - {name: k").append(i).append(", user: u, key: ").append(start);
            yaml.append('A').append(i).append("A".repeat(40)).append("}\n");
        }
        assertEquals(List.of(), tester.converge(yaml.toString()).failures());
        assertEquals(50, Files.readAllLines(keys).size());
    }

    @Test
    void removedLineComesBack() throws IOException {
        keep("key: " + KEY);
        put(keys, "");
        tester.await("the key", () -> text(keys).equals(KEY + " laptop\n"));
    }

    @Test
    void whoWritesTheFileInPlaceLosesNothing() throws IOException, InterruptedException {
        keep("key: " + KEY);
        SlowWriter.write(keys, "# line %d");
        tester.await("the key", () -> text(keys).endsWith("# line 9\n" + KEY + " laptop\n"));
        assertEquals(11, Files.readAllLines(keys).size());
    }

    @Test
    void linksOfTheUserAreNotFollowed() throws IOException {
        Path victim = Files.createDirectories(dir.resolve("etc/cron.d"));
        Files.createSymbolicLink(home.resolve(".ssh"), victim);
        String reason = keep("key: " + KEY).failures().getFirst().reason();
        assertTrue(reason.contains(".ssh is a link or a file"), reason);
        assertEquals(List.of(), names(victim));
        // The way to a path of one's own choice below a home is no safer.
        reason = keep("key: " + KEY + "\npath: /home/u/.ssh/k").failures().getFirst().reason();
        assertTrue(reason.contains(".ssh is a link or a file"), reason);

        leave();
        Files.delete(home.resolve(".ssh"));
        give(Files.createDirectory(home.resolve(".ssh")));
        Path secret = Files.writeString(dir.resolve("etc/shadow"), "secret\n");
        Files.createSymbolicLink(keys, secret);
        reason = keep("key: " + KEY).failures().getFirst().reason();
        assertTrue(reason.contains("authorized_keys is not a regular file"), reason);
        assertEquals("secret\n", Files.readString(secret));

        leave();
        Files.delete(keys);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.createLink(keys, secret);
        reason = keep("key: " + KEY).failures().getFirst().reason();
        assertTrue(reason.contains("does not belong to u"), reason);
        assertFalse(tester.events().toString().contains("secret"));
    }

    @Test
    void directoryThatOthersMayWriteToIsNotTrusted() throws IOException {
        Path ssh = give(Files.createDirectory(home.resolve(".ssh")));
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxrwxrwx"));
        String reason = keep("key: " + KEY).failures().getFirst().reason();
        assertTrue(reason.contains("can be written by others"), reason);
        assertEquals(List.of(), names(ssh));
    }

    @Test
    void keyMayStandInAFileOfTheSystem() throws IOException {
        Files.createDirectories(dir.resolve("etc/ssh/keys"));
        keep("key: " + KEY + "\npath: /etc/ssh/keys/u");
        assertEquals(KEY + " laptop\n", Files.readString(dir.resolve("etc/ssh/keys/u")));
    }

    @Test
    void userThatIsNotThereYetIsWaitedForAndFound() throws IOException {
        Files.writeString(dir.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        String reason = keep("key: " + KEY).failures().getFirst().reason();
        assertTrue(reason.contains("there is no user u"), reason);
        assertEquals(0, keep("key: " + KEY + "\nstate: absent").counts().failed());
        tester.submit(graph("key: " + KEY + "\noptions: no-pty"));
        Files.writeString(dir.resolve("etc/passwd"), "u:x:" + UID + ":64124::/home/u:/bin/sh\n");
        tester.await("the key", () -> text(keys).startsWith("no-pty ssh-ed25519"));
    }

    @Test
    void underNoopNothingIsTouched() throws IOException {
        try (GraphTester noop =
                GraphTester.openAt(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new HostRoot(dir))) {
            assertEquals(1, noop.converge(graph("key: " + KEY)).counts().wouldChange());
        }
        assertEquals(List.of(), names(home));
    }

    private static void put(Path file, String text) throws IOException {
        give(Files.createDirectories(file.getParent()));
        give(Files.writeString(file, text));
    }

    private static Path give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", UID);
        return path;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
