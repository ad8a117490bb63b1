package dev.mgmt.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as it was built, moved to where a user or a host would have it. */
class ImageIT {
    private static final Path LAPTOP = Path.of("target/mgmt").toAbsolutePath();
    private static final Path IMAGES = LAPTOP.resolve("lib/images/linux-x86_64-glibc");

    /** The agent says so when it is started by hand, without its parameters. */
    private static final String WITHOUT_PARAMETERS = "parameters are wrong";

    @TempDir private Path temp;
    private Path agent;

    @BeforeEach
    void unpackAsAHostDoes() throws Exception {
        agent = Files.createDirectories(temp.resolve("some where/else"));
        Path archive = IMAGES.resolve("agent.tar.gz");
        run(Map.of(), agent, "sh", "-c", "gzip -dc '" + archive + "' | tar -xf -");
    }

    @Test
    void archiveEndsWithTheDigestThatNamesIt() throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(IMAGES.resolve("image.properties"))) {
            properties.load(in);
        }
        assertEquals(
                properties.getProperty("digest"),
                Files.readString(agent.resolve(".complete")).strip());
    }

    @Test
    void startUpCacheIsUsedAfterTheImageWasMoved() throws Exception {
        Path loaded = temp.resolve("loaded.txt");
        Result result =
                run(
                        Map.of(
                                "MGMT_JAVA_OPTIONS",
                                "-XX:AOTMode=on -Xlog:class+load:file=" + loaded),
                        temp,
                        agent.resolve("bin/mgmt").toString(),
                        "agent");
        assertTrue(result.output().contains(WITHOUT_PARAMETERS), result.output());
        List<String> mains =
                Files.readAllLines(loaded).stream()
                        .filter(line -> line.contains("dev.mgmt.remote.agent.AgentMain source:"))
                        .toList();
        assertEquals(1, mains.size());
        assertTrue(mains.getFirst().contains("shared objects file"), mains.getFirst());
    }

    @Test
    void imageRunsWithoutItsStartUpCache() throws Exception {
        Files.delete(agent.resolve("lib/mgmt.aot"));
        Result result = run(Map.of(), temp, agent.resolve("bin/mgmt").toString(), "agent");
        assertTrue(result.output().contains(WITHOUT_PARAMETERS), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
    }

    @Test
    void laptopsProgramRunsThroughALinkAndIgnoresOtherProgramsSettings() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("m"), LAPTOP.resolve("bin/mgmt"));
        Result result =
                run(
                        Map.of(
                                "JAVA_TOOL_OPTIONS",
                                "-Dx=y",
                                "CLASSPATH",
                                "/nowhere",
                                "JAVA_HOME",
                                "/no"),
                        temp,
                        link.toString(),
                        "--version");
        assertEquals(0, result.status());
        assertEquals("mgmt 0.1.0", result.output().strip());
    }

    @Test
    void laptopsProgramFindsKindsInJarsButHostsDoNot() throws Exception {
        Path jar = temp.resolve("kinds.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/services/dev.mgmt.engine.driver.KindProvider"));
            out.write("no.such.Provider".getBytes(StandardCharsets.US_ASCII));
        }
        Map<String, String> kinds = Map.of("MGMT_KINDS", jar.toString());
        Path graph = temp.resolve("g.yaml");
        Files.writeString(graph, "graph: g\nresources:\n  noop:\n  - name: n\n");
        Result laptop =
                run(kinds, temp, LAPTOP.resolve("bin/mgmt").toString(), "validate", "g.yaml");
        assertEquals(2, laptop.status(), laptop.output());
        assertTrue(laptop.output().contains("no.such.Provider"), laptop.output());
        Result host = run(kinds, temp, agent.resolve("bin/mgmt").toString(), "agent");
        assertTrue(host.output().contains(WITHOUT_PARAMETERS), host.output());
        assertFalse(Files.readString(agent.resolve("bin/mgmt")).contains("MGMT_KINDS"));
    }

    @Test
    void processIsCalledMgmt() throws Exception {
        Path graph = temp.resolve("g.yaml");
        Files.writeString(graph, "graph: g\nresources:\n  noop:\n  - name: n\n");
        Process process =
                new ProcessBuilder(LAPTOP.resolve("bin/mgmt").toString(), "run", graph.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            // It says something only when it is the program and no more the script.
            assertTrue(process.getInputStream().read() >= 0);
            Path name = Path.of("/proc/" + process.pid() + "/comm");
            assertEquals("mgmt", Files.readString(name).strip());
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void hostsGetNothingThatOnlyALaptopNeeds() throws IOException {
        try (JarFile jar = new JarFile(agent.resolve("lib/app/agent.jar").toFile())) {
            for (String foreign :
                    List.of(
                            "dev/mgmt/cli",
                            "dev/mgmt/remote/local",
                            "net/schmizz",
                            "io/grpc",
                            "com/google",
                            "kotlin",
                            "picocli",
                            "org/jline")) {
                assertFalse(
                        jar.stream().anyMatch(entry -> entry.getName().startsWith(foreign)),
                        foreign);
            }
        }
        try (var all = Files.list(agent.resolve("lib/runtime/bin"))) {
            assertEquals(List.of("mgmt"), all.map(it -> it.getFileName().toString()).toList());
        }
    }

    private record Result(int status, String output) {}

    private static Result run(Map<String, String> environment, Path directory, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
