package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Graphs and shell scripts as people wrote them for mgmt in 2017, with the image as it is built.
 * Each runs in a directory and, since they use ports that are always the same, a network of its
 * own.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FormerScriptsIT {
    private static final Path SCRIPTS = Path.of("src/test/resources/dev/mgmt/cli/former");

    private static final Path IMAGE = Path.of("target/mgmt/bin").toAbsolutePath();

    @TempDir Path directory = Path.of("");

    static List<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sh"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptOfOldStillDoes(String script) throws Exception {
        Path work = Files.createDirectory(directory.resolve("work"));
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            for (Path file : files.toList()) {
                Files.writeString(
                        work.resolve(file.getFileName()),
                        Files.readString(file).replace("DIR", work.toString()));
            }
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        "-c",
                        "ip link set lo up && exec timeout 150 bash -ex " + script);
        builder.directory(work.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", IMAGE.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> said + logs(work));
    }

    private static String logs(Path work) {
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.filter(it -> it.toString().endsWith("log")).toList()) {
                logs.append("== ").append(file).append('\n').append(Files.readString(file));
            }
        } catch (IOException gone) {
            logs.append(gone);
        }
        return logs.toString();
    }
}
