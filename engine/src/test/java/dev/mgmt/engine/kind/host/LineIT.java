package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.SlowWriter;
import dev.mgmt.engine.world.MemoryWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineIT {
    @TempDir private Path dir;
    private Path file;
    private GraphTester tester;

    @BeforeEach
    void open() {
        file = dir.resolve("f");
        tester = GraphTester.open();
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private EngineStatus keep(String fields) {
        return tester.converge(graph(fields));
    }

    private String graph(String fields) {
        return "graph: g\nresources:\n  line:\n  - name: l\n    path: "
                + file
                + "\n"
                + fields.indent(4);
    }

    @Test
    void modeOwnerAndAllOtherBytesStay() throws IOException {
        byte[] before = "caf\u00e9\r\n#Port 1\r\nend".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, before);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(file, "unix:uid", 64123);
        Files.setAttribute(file, "unix:gid", 64124);
        assertEquals(1, keep("content: Port 22\nmatch: '^#?Port '").counts().changed());
        assertArrayEquals(
                "caf\u00e9\r\nPort 22\r\nend".getBytes(StandardCharsets.ISO_8859_1),
                Files.readAllBytes(file));
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(64123, Files.getAttribute(file, "unix:uid"));
        assertEquals(64124, Files.getAttribute(file, "unix:gid"));
        assertEquals(
                List.of("line -#Port 1\n+Port 22"),
                tester.events(EngineEvent.Applied.class).stream()
                        .map(applied -> applied.property() + " " + applied.detail())
                        .toList());
        try (var entries = Files.list(dir)) {
            assertEquals(List.of(file), entries.toList(), "nothing is left beside it");
        }
    }

    @Test
    void secondRunWritesNothing() throws IOException {
        Files.writeString(file, "a\n");
        keep("content: b");
        Object inode = Files.getAttribute(file, "unix:ino");
        try (GraphTester second = GraphTester.open()) {
            assertEquals(0, second.converge(graph("content: b")).counts().changed());
        }
        assertEquals(inode, Files.getAttribute(file, "unix:ino"));
        assertEquals("a\nb\n", Files.readString(file));
    }

    @Test
    void driftIsMendedAlsoWhenTheFileIsReplacedAndBehindALink() throws IOException {
        Path real = Files.writeString(dir.resolve("real"), "a\n");
        Files.createSymbolicLink(file, real);
        keep("content: b");
        assertTrue(Files.isSymbolicLink(file), "the link stays");
        assertEquals("a\nb\n", Files.readString(real));
        Files.writeString(real, "c\n");
        tester.await("the line", () -> text(real).equals("c\nb\n"));
        Path other = Files.writeString(dir.resolve("other"), "d\n");
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        tester.await("the line there", () -> text(other).equals("d\nb\n"));
    }

    @Test
    void whoWritesTheFileInPlaceLosesNothing() throws IOException, InterruptedException {
        Files.writeString(file, "a\n");
        keep("content: b");
        SlowWriter.write(file, "line %d");
        tester.await("the line", () -> text(file).endsWith("line 9\nb\n"));
        assertEquals(11, Files.readAllLines(file).size());
    }

    @Test
    void manyLinesOfOneFileDoNotUndoEachOther() throws IOException {
        Files.writeString(file, "");
        StringBuilder yaml = new StringBuilder("graph: g\nresources:\n  line:\n");
        for (int i = 0; i < 50; i++) {
            yaml.append("  - {name: l").append(i).append(", path: ").append(file);
            yaml.append(", content: line ").append(i).append("}\n");
        }
        assertEquals(List.of(), tester.converge(yaml.toString()).failures());
        assertEquals(50, Files.readAllLines(file).size());
    }

    @Test
    void fileThatIsMissingIsSaidAndThenFound() throws IOException {
        String reason = keep("content: a").failures().getFirst().reason();
        assertEquals(file + " does not exist (a resource `file` with this path makes it)", reason);
        Files.writeString(file, "x\n");
        tester.await("the line", () -> text(file).equals("x\na\n"));
        Files.delete(file);
        assertEquals(0, keep("content: a\nstate: absent").counts().failed());
        assertFalse(Files.exists(file));
    }

    @Test
    void whatIsNoFileIsLeftAlone() throws IOException {
        Files.createDirectory(file);
        String reason = keep("content: a").failures().getFirst().reason();
        assertEquals(file + " is not a regular file, and is left alone", reason);
        assertTrue(Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void fileOfTheSameGraphComesFirst() throws IOException {
        EngineStatus status =
                tester.converge(graph("content: a") + "  file:\n  - name: " + file + "\n");
        assertEquals(List.of(), status.failures());
        assertEquals("a\n", Files.readString(file));
    }

    @Test
    void underNoopTheLineIsShownAndNothingIsWritten() throws IOException {
        try (GraphTester noop =
                GraphTester.open(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new MemoryWorld())) {
            assertEquals(1, noop.converge(graph("content: a")).counts().wouldChange());
            assertFalse(Files.exists(file));
            Files.writeString(file, "b\n");
            assertEquals(1, noop.converge(graph("content: a\nmatch: b")).counts().wouldChange());
            assertTrue(noop.events().toString().contains("-b\n+a"), noop.events().toString());
            assertEquals("b\n", Files.readString(file));
        }
    }

    @Test
    void secretLineIsNotShown() throws IOException {
        Files.writeString(file, "x\n");
        tester.converge(
                """
                graph: g
                resources:
                  password:
                  - {name: p, length: 40}
                  line:
                  - {name: %s, recv: {content: "password[p].password"}}
                """
                        .formatted(file));
        String secret = Files.readAllLines(file).getLast();
        assertEquals(40, secret.length());
        assertFalse(tester.events().toString().contains(secret));
        keep("content: hidden\nsensitive: true");
        assertFalse(tester.events().toString().contains("+hidden"));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
