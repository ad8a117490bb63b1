package dev.mgmt.remote.host;

import dev.mgmt.remote.image.AgentImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A whole image as the build makes them, around any script in the place of the program. */
public final class TestImage {
    private TestImage() {}

    /**
     * Lays out {@code home/lib/images/…} with one image for this machine.
     *
     * @param program the text of {@code bin/mgmt}
     * @param ballast bytes that do not compress, beside it
     */
    public static AgentImages in(Path home, String digest, String program, int ballast)
            throws IOException, InterruptedException {
        Path content = Files.createDirectories(home.resolve("content-" + digest));
        Path bin = Files.createDirectories(content.resolve("bin")).resolve("mgmt");
        Files.writeString(bin, program);
        run(content, "chmod", "755", "bin/mgmt");
        byte[] noise = new byte[ballast];
        new Random(digest.hashCode()).nextBytes(noise);
        Files.write(content.resolve("ballast"), noise);
        Files.writeString(content.resolve(".complete"), digest + "\n");
        Path platform = Files.createDirectories(home.resolve("lib/images/linux-x86_64-glibc"));
        run(content, "tar", "-czf", platform + "/agent.tar.gz", "bin", "ballast", ".complete");
        Files.writeString(
                platform.resolve("image.properties"),
                "digest="
                        + digest
                        + "\nplatform=linux-"
                        + System.getProperty("os.arch").replace("amd64", "x86_64")
                        + "-glibc\nglibc=2.17\ntar.gz=agent.tar.gz\nunpacked="
                        + (ballast + 100_000)
                        + "\n");
        return AgentImages.in(home);
    }

    public static void run(Path directory, String... words)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(List.of(words) + ": " + output);
        }
    }
}
