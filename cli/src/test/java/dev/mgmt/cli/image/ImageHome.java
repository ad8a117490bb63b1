package dev.mgmt.cli.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One image's directory.
 *
 * @param classPath jars in it, in order
 */
record ImageHome(Path home, Program program, List<Path> classPath) {
    Path launcher() {
        return home.resolve("lib/runtime/bin/mgmt");
    }

    Path cache() {
        return home.resolve("lib/mgmt.aot");
    }

    /** Runtime and launcher; the jars must be there, the start-up cache comes later. */
    void assemble(String template) throws IOException {
        link();
        Path script = Files.createDirectories(home.resolve("bin")).resolve("mgmt");
        Files.writeString(script, filled(template));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** How the launcher starts the program, without its start-up cache. */
    List<String> command() {
        List<String> words = new ArrayList<>();
        words.add(launcher().toString());
        words.addAll(program.allOptions());
        words.add("-Dmgmt.home=" + home);
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
        return words;
    }

    private String filled(String template) {
        String relative =
                classPath.stream()
                        .map(jar -> "$home/" + home.relativize(jar))
                        .collect(Collectors.joining(":"));
        return template.replace("@OPTIONS@", String.join(" ", program.allOptions()))
                .replace("@CLASSPATH@", relative + program.extension())
                .replace("@MAIN@", program.mainClass());
    }

    private void link() throws IOException {
        Path runtime = home.resolve("lib/runtime");
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() -> new IllegalStateException("this JDK has no jlink"));
        int status =
                jlink.run(
                        System.out,
                        System.err,
                        "--add-modules",
                        String.join(",", program.modules()),
                        "--strip-java-debug-attributes",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        runtime.toString());
        if (status != 0) {
            throw new IllegalStateException("jlink ended with status " + status);
        }
        Files.move(runtime.resolve("bin/java"), runtime.resolve("bin/mgmt"));
        try (Stream<Path> others = Files.list(runtime.resolve("bin"))) {
            others.filter(file -> !file.endsWith("mgmt")).forEach(ImageHome::delete);
        }
        delete(runtime.resolve("lib/jexec"));
        delete(runtime.resolve("lib/jrt-fs.jar"));
        delete(runtime.resolve("lib/classlist"));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
