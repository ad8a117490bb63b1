package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernel parameters: of files that stand for them, and of the kernel itself. */
class SysctlIT {
    @TempDir private Path dir;
    private Path live;
    private Path kept;
    private GraphTester tester;

    @BeforeEach
    void open() throws IOException {
        live = Files.createDirectories(dir.resolve("proc/sys/net/x")).resolve("ttl");
        Files.writeString(live, "64\n");
        kept =
                Files.createDirectories(dir.resolve("etc/sysctl.d"))
                        .resolve("99-mgmt-net.x.ttl.conf");
        tester = GraphTester.openAt(EngineOptions.of("h1"), new HostRoot(dir));
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private static String graph(String fields) {
        return "graph: g\nresources:\n  sysctl:\n  - name: net.x.ttl\n" + fields.indent(4);
    }

    private EngineStatus keep(String fields) {
        return tester.converge(graph(fields));
    }

    @Test
    void keyMayStandBesideTheName() throws IOException {
        tester.converge(
                """
                graph: g
                resources:
                  sysctl:
                  - {name: hops, key: net.x.ttl, value: 99}
                """);
        assertEquals("99\n", Files.readString(live));
        assertEquals("net.x.ttl = 99\n", Files.readString(kept));
    }

    @Test
    void valueIsSetNowAndForTheNextStart() throws IOException {
        keep("value: 77");
        assertEquals("77\n", Files.readString(live));
        assertEquals("net.x.ttl = 77\n", Files.readString(kept));
        assertTrue(tester.events().toString().contains("64 → 77"));
        assertTrue(tester.events().toString().contains("+net.x.ttl = 77"));
        keep("state: absent");
        assertFalse(Files.exists(kept));
        assertEquals("77\n", Files.readString(live));
    }

    @Test
    void runtimeAndPersistSayWhen() throws IOException {
        keep("value: 77\npersist: false");
        assertEquals("77\n", Files.readString(live));
        assertFalse(Files.exists(kept));
        keep("value: 78\nruntime: false");
        assertEquals("77\n", Files.readString(live));
        assertEquals("net.x.ttl = 78\n", Files.readString(kept));
        keep("state: absent\npersist: false");
        assertTrue(Files.exists(kept));
    }

    @Test
    void valueOfSeveralPartsIsComparedByItsParts() throws IOException {
        Files.writeString(live, "1\t2\t3\n");
        assertEquals(0, keep("value: '1 2  3'\npersist: false").counts().changed());
    }

    @Test
    void driftIsMended() throws IOException {
        keep("value: 77");
        // In one go, as a write to the kernel is.
        Files.writeString(live, "1\n", StandardOpenOption.WRITE);
        tester.await("the value", () -> text(live).equals("77\n"));
        Files.delete(kept);
        tester.await("the file", () -> text(kept).equals("net.x.ttl = 77\n"));
    }

    @Test
    void parameterThatIsNotThereIsSaid() {
        EngineStatus status =
                tester.converge(
                        "graph: g\nresources:\n  sysctl:\n  - {name: net.x.none, value: 1}\n");
        assertEquals(
                "this kernel has no parameter net.x.none"
                        + " (is its module loaded, and the interface there?)",
                status.failures().getFirst().reason());
        assertFalse(Files.exists(kept.resolveSibling("99-mgmt-net.x.none.conf")));
    }

    @Test
    void underNoopNothingIsSet() throws IOException {
        try (GraphTester noop =
                GraphTester.openAt(
                        EngineOptions.of("h1").with(Enforcement.CHECK_ONLY), new HostRoot(dir))) {
            assertEquals(1, noop.converge(graph("value: 77")).counts().wouldChange());
        }
        assertEquals("64\n", Files.readString(live));
        assertFalse(Files.exists(kept));
    }

    /** In a network of its own, so that the machine's parameters stay as they are. */
    @Test
    void kernelItselfIsSetWatchedAndHeardWhenItRefuses() throws IOException, InterruptedException {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> line =
                List.of(
                        "setsid",
                        "unshare",
                        "--net",
                        "--mount",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        OwnNetwork.class.getName(),
                        dir.toString());
        Tool.Finished finished = Tool.run(line, "");
        assertEquals("as it should be\n", finished.out(), finished.err());
    }

    private static String text(Path path) {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
