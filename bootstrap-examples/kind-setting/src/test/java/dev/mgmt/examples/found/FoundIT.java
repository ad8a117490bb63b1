package dev.mgmt.examples.found;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.kind.KindCatalog;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar as others use it: it only has to be there. */
class FoundIT {
    /** Started as a program of its own: says which kinds there are. */
    static final class Kinds {
        private Kinds() {}

        public static void main(String[] arguments) {
            System.out.println(KindCatalog.installed().kinds().names());
        }
    }

    @Test
    void aJarOnTheClassPathIsFound() throws Exception {
        assertTrue(kinds("-cp", classPath()).contains("setting"));
    }

    @Test
    void aJarOnTheModulePathIsFound() throws Exception {
        String jars =
                entries()
                        .filter(entry -> entry.endsWith(".jar") && !entry.endsWith("-tests.jar"))
                        .filter(
                                entry ->
                                        Stream.of("junit", "opentest4j", "apiguardian")
                                                .noneMatch(
                                                        Path.of(entry).getFileName().toString()
                                                                ::contains))
                        .collect(Collectors.joining(File.pathSeparator));
        assertTrue(jars.contains("kind-setting"), "not packaged yet: " + jars);
        String tests =
                entries()
                        .filter(entry -> Files.isDirectory(Path.of(entry)))
                        .collect(Collectors.joining(File.pathSeparator));
        String told =
                kinds("--module-path", jars, "--add-modules", "ALL-MODULE-PATH", "-cp", tests);
        assertTrue(told.contains("setting"), told);
    }

    @Test
    void withoutTheJarThereIsNoSuchKind() throws Exception {
        String without =
                entries()
                        .filter(entry -> !entry.contains("kind-setting-"))
                        .collect(Collectors.joining(File.pathSeparator));
        assertEquals(-1, kinds("-cp", without).indexOf("setting"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static Stream<String> entries() {
        return Arrays.stream(classPath().split(File.pathSeparator));
    }

    private static String kinds(String... options) throws IOException, InterruptedException {
        List<String> words =
                Stream.of(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString()),
                                Arrays.stream(options),
                                Stream.of(Kinds.class.getName()))
                        .flatMap(part -> part)
                        .toList();
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), told);
        return told;
    }
}
