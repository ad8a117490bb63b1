package dev.mgmt.engine.kind.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDriverIT {
    @TempDir private Path dir;
    private final MemoryWorld store = new MemoryWorld();
    private GraphTester tester;

    @BeforeEach
    void open() {
        tester = GraphTester.open(EngineOptions.of("h1"), store);
    }

    @AfterEach
    void close() {
        tester.close();
        assertEquals(0, inotifyInstances(), "inotify instances left open");
    }

    private String file(String fields) {
        return "graph: g\nresources:\n  file:\n  - name: f\n" + fields.indent(4);
    }

    private EngineStatus keep(String fields) {
        return tester.converge(file(fields));
    }

    @Test
    void fileThatIsMissingIsMade() throws IOException {
        EngineStatus status = keep("path: " + dir + "/a\ncontent: |\n  hello\nmode: 0640");

        assertEquals("hello\n", Files.readString(dir.resolve("a")));
        assertEquals(0640, mode(dir.resolve("a")));
        assertEquals(1, status.counts().good());
        assertEquals(1, status.counts().changed());
        EngineEvent.Applied applied = tester.events(EngineEvent.Applied.class).getFirst();
        assertEquals("content", applied.property());
        assertEquals(
                "--- %s/a\n+++ %s/a\n@@ -0,0 +1 @@\n+hello\n".formatted(dir, dir),
                applied.detail());
        assertEquals(List.of("a"), names(dir));
    }

    @Test
    void removedEditedAndOpenedUpFileIsRepaired() throws IOException {
        keep("path: " + dir + "/a\ncontent: x\nmode: 0600");
        Path file = dir.resolve("a");

        Files.delete(file);
        tester.await("file back", () -> Files.exists(file));
        Files.writeString(file, "other");
        tester.await("content back", () -> "x".equals(text(file)));
        Access.setMode(file, 0666);
        tester.await("mode back", () -> mode(file) == 0600);
        tester.awaitIdle();
    }

    @Test
    void parentsMayVanishAndReturn() throws IOException {
        Path deep = Files.createDirectories(dir.resolve("a/b/c"));
        Path file = deep.resolve("f");
        keep("path: " + file + "\ncontent: x");
        for (int round = 0; round < 20; round++) {
            Files.move(dir.resolve("a"), dir.resolve("gone" + round));
            tester.await("failure", () -> tester.engine().status().counts().failed() == 1);
            Files.createDirectories(deep);
            tester.await("file back", () -> "x".equals(text(file)));
            tester.awaitIdle();
        }
        Files.writeString(file, "y");
        tester.await("content back", () -> "x".equals(text(file)));
    }

    @Test
    void forceMakesParentsAndReplacesWhatIsInTheWay() throws IOException {
        Path file = dir.resolve("p/q/f");
        assertEquals(1, keep("path: " + file + "\ncontent: x").counts().failed());
        assertEquals(0, keep("path: " + file + "\ncontent: x\nforce: true").counts().failed());
        assertEquals("x", Files.readString(file));

        Path blocked = Files.createDirectories(dir.resolve("d/below"));
        EngineStatus status = keep("path: " + blocked.getParent() + "\ncontent: x");
        assertTrue(
                status.failures().getFirst().reason().contains("`force: true` replaces it"),
                status.failures().toString());
        keep("path: " + blocked.getParent() + "\ncontent: x\nforce: true");
        assertEquals("x", Files.readString(blocked.getParent()));
    }

    @Test
    void absentRemovesATreeAndKeepsItAway() throws IOException {
        Path tree = dir.resolve("t/u");
        Files.createDirectories(tree.resolve("v"));
        Files.writeString(tree.resolve("x"), "x");
        Files.createSymbolicLink(tree.resolve("out"), dir);
        keep("path: " + dir + "/t\nstate: absent");
        assertFalse(Files.exists(dir.resolve("t")));
        assertTrue(Files.exists(dir));
        Files.writeString(dir.resolve("t"), "again");
        tester.await("gone again", () -> !Files.exists(dir.resolve("t")));
    }

    @Test
    void replacedFileKeepsWhatIsNotManaged() throws IOException {
        Path file = Files.writeString(dir.resolve("a"), "old");
        Access.setMode(file, 0751);
        keep("path: " + file + "\ncontent: new");
        assertEquals("new", Files.readString(file));
        assertEquals(0751, mode(file));
    }

    @Test
    void setIdAndStickyBitsAndSymbolicModesAreHeld() throws IOException {
        keep("path: " + dir + "/a\ncontent: x\nmode: 6750");
        assertEquals(06750, mode(dir.resolve("a")));
        keep("path: " + dir + "/a\ncontent: x\nmode: u=rwx,g=r,o=");
        assertEquals(0740, mode(dir.resolve("a")));
        keep("path: " + dir + "/d/\nmode: 1777");
        assertEquals(01777, mode(dir.resolve("d")));
    }

    @Test
    void unknownOwnerIsAReasonAndLeavesNothingBehind() throws IOException {
        EngineStatus status = keep("path: " + dir + "/a\ncontent: x\nowner: nobody-of-that-name");
        assertTrue(
                status.failures()
                        .getFirst()
                        .reason()
                        .contains("there is no user nobody-of-that-name"),
                status.failures().toString());
        assertEquals(List.of(), names(dir));
    }

    @Test
    void ownerAndGroupAreHeldByNameAndNumber() throws IOException {
        keep("path: " + dir + "/a\ncontent: x\nowner: daemon\ngroup: 12\nmode: 4755");
        assertEquals("daemon", Files.getOwner(dir.resolve("a")).getName());
        assertEquals(12, Files.getAttribute(dir.resolve("a"), "unix:gid"));
        assertEquals(04755, mode(dir.resolve("a")));
    }

    @Test
    void symbolicLinkIsMadeAndPointedRight() throws IOException {
        keep("path: " + dir + "/l\nsource: /nowhere/at/all\nsymlink: true");
        assertEquals(Path.of("/nowhere/at/all"), Files.readSymbolicLink(dir.resolve("l")));
        keep("path: " + dir + "/l\nsource: /tmp\nsymlink: true");
        assertEquals(Path.of("/tmp"), Files.readSymbolicLink(dir.resolve("l")));
    }

    @Test
    void sourceAndFragmentsAreFollowed() throws IOException {
        Path one = Files.writeString(dir.resolve("one"), "1");
        Path two = Files.writeString(dir.resolve("two"), "2");
        keep("path: " + dir + "/a\nfragments: [" + one + ", " + two + "]");
        assertEquals("12", Files.readString(dir.resolve("a")));
        Files.writeString(two, "zwei");
        tester.await("new fragment", () -> "1zwei".equals(text(dir.resolve("a"))));

        keep("path: " + dir + "/b\nsource: " + one);
        assertEquals("1", Files.readString(dir.resolve("b")));
        Files.writeString(one, "eins");
        tester.await("new source", () -> "eins".equals(text(dir.resolve("b"))));
    }

    @Test
    void directoryFollowsItsSourceAndPurgesOnlyWhenAsked() throws IOException {
        Path from = Files.createDirectories(dir.resolve("from/sub"));
        Files.writeString(from.resolve("x"), "x");
        Files.createDirectories(dir.resolve("to"));
        Files.writeString(dir.resolve("to/extra"), "e");
        String fields = "path: " + dir + "/to/\nsource: " + dir + "/from/\nrecurse: true";
        keep(fields);
        assertEquals("x", Files.readString(dir.resolve("to/sub/x")));
        assertTrue(Files.exists(dir.resolve("to/extra")));

        Files.createDirectories(from.resolve("deep"));
        Files.writeString(from.resolve("deep/new"), "n");
        tester.await("new file", () -> "n".equals(text(dir.resolve("to/sub/deep/new"))));
        Files.writeString(dir.resolve("to/sub/deep/new"), "drift");
        tester.await("no drift", () -> "n".equals(text(dir.resolve("to/sub/deep/new"))));

        keep(fields + "\npurge: true");
        assertFalse(Files.exists(dir.resolve("to/extra")));
    }

    @Test
    void underNoopADiffIsShownAndNothingIsTouched() throws IOException {
        Path file = Files.writeString(dir.resolve("a"), "one\ntwo\nthree\n");
        try (GraphTester noop =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new MemoryWorld())) {
            EngineStatus status =
                    noop.converge(file("path: " + file + "\ncontent: |\n  one\n  2\n  three"));
            assertEquals(1, status.counts().wouldChange());
            assertEquals(
                    "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
                    noop.events(EngineEvent.WouldApply.class)
                            .getFirst()
                            .detail()
                            .replaceFirst("(?s)^.*?(?=@@)", ""));
            assertEquals("one\ntwo\nthree\n", Files.readString(file));
        }
    }

    @Test
    void sensitiveContentIsNeverShown() {
        keep("path: " + dir + "/a\ncontent: secret\nsensitive: true");
        assertFalse(tester.events().toString().contains("secret"));
        assertEquals("", tester.events(EngineEvent.Applied.class).getFirst().detail());
    }

    @Test
    void binaryContentIsShownAsSizesAndDigests() throws IOException {
        Path source = Files.write(dir.resolve("s"), new byte[] {0, 1, 2});
        keep("path: " + dir + "/a\nsource: " + source);
        assertTrue(
                tester.events(EngineEvent.Applied.class)
                        .getFirst()
                        .detail()
                        .contains("3 bytes, sha256 ae4b3280e56e2faf"),
                tester.events().toString());
    }

    @Test
    void thousandFilesInHundredDirectoriesShareOneInotifyInstance() throws IOException {
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  file:\n");
        for (int i = 0; i < 1000; i++) {
            Path parent = Files.createDirectories(dir.resolve("d" + i % 100));
            yaml.append("  - {name: f").append(i).append(", path: ").append(parent);
            yaml.append("/f").append(i).append(", content: c").append(i).append("}\n");
        }
        EngineStatus status = tester.converge(yaml.toString());
        assertEquals(1000, status.counts().good());
        assertEquals(1, inotifyInstances());
        Path last = dir.resolve("d99/f999");
        Files.delete(last);
        tester.await("file back", () -> "c999".equals(text(last)));
    }

    @Test
    void fileIsBackHoweverOftenAndSoonItIsRemoved() throws IOException {
        Path file = dir.resolve("a");
        keep("path: " + file + "\ncontent: hello");
        for (int i = 0; i < 1000; i++) {
            Files.delete(file);
            tester.await("file back", () -> "hello".equals(text(file)));
        }
    }

    private static int mode(Path path) {
        try {
            FileStamp stamp = FileStamp.of(path);
            return stamp == null ? -1 : stamp.mode();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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

    private static int inotifyInstances() {
        int found = 0;
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                if (target(link).equals("anon_inode:inotify")) {
                    found++;
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return found;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
