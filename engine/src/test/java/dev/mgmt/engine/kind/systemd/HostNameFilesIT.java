package dev.mgmt.engine.kind.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host without systemd, of which there are just the files that matter. */
class HostNameFilesIT {
    private static final String GRAPH =
            "graph: g\nresources:\n  hostname:\n  - {name: web1, pretty_hostname: 'Say \"hi\" $1'}\n";

    @TempDir private Path root;
    private GraphTester tester;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("proc/sys/kernel"));
        Files.writeString(root.resolve("proc/sys/kernel/hostname"), "before\n");
        tester = SystemdGraphs.open(EngineOptions.of("h1"), new Machine(root, List.of()));
    }

    @AfterEach
    void close() {
        tester.close();
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesAndKernelGetTheNames() throws IOException {
        Files.writeString(root.resolve("etc/machine-info"), "CHASSIS=vm\nPRETTY_HOSTNAME=old\n");
        EngineStatus status = tester.converge(GRAPH.replace("name: web1,", "name: x,"));
        assertEquals(List.of(), status.failures());
        assertEquals(
                "CHASSIS=vm\nPRETTY_HOSTNAME=\"Say \\\"hi\\\" \\$1\"\n", read("etc/machine-info"));
        assertEquals("before\n", read("proc/sys/kernel/hostname"));
        tester.converge(GRAPH.replace("name: web1,", "name: x, hostname: web1,"));
        assertEquals("web1\n", read("etc/hostname"));
        assertEquals("web1\n", read("proc/sys/kernel/hostname"));
    }

    @Test
    void whatIsAsWantedIsLeftAlone() throws IOException {
        String graph = GRAPH.replace("name: web1,", "name: x, hostname: web1,");
        tester.converge(graph);
        var stamp = Files.getLastModifiedTime(root.resolve("etc/machine-info"));
        EngineStatus status = tester.converge(graph.replace("name: x", "name: y"));
        assertEquals(0, status.counts().changed());
        assertEquals(stamp, Files.getLastModifiedTime(root.resolve("etc/machine-info")));
    }

    @Test
    void changedFileIsMended() throws IOException {
        tester.converge(GRAPH.replace("name: web1,", "name: x, static_hostname: web1,"));
        Files.writeString(root.resolve("etc/hostname"), "stray\n");
        tester.await("the name again", () -> read("etc/hostname").equals("web1\n"));
    }
}
