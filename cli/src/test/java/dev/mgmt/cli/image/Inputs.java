package dev.mgmt.cli.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What an image is made of, as one digest. */
final class Inputs {
    private Inputs() {}

    /**
     * @param builder a class of the package that builds; all of its neighbours count
     */
    static String digest(List<Path> jars, String template, Class<?> builder) throws IOException {
        var sha = Archive.sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            out.write(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
            out.write(template.getBytes(StandardCharsets.UTF_8));
            for (Path jar : jars) {
                out.write(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                out.write(Files.readAllBytes(jar));
            }
            for (Path neighbour : neighbours(builder)) {
                out.write(Files.readAllBytes(neighbour));
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static List<Path> neighbours(Class<?> builder) throws IOException {
        Path classes =
                Path.of(builder.getProtectionDomain().getCodeSource().getLocation().getPath())
                        .resolve(builder.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(classes)) {
            return files.sorted().toList();
        }
    }
}
