package dev.mgmt.cli.image;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What the laptop keeps for hosts of this platform: a program's home, packed. */
final class HostImage {
    private static final String PLATFORM = "linux-x86_64-glibc";

    /** The oldest C library that the runtime's native code runs on. */
    private static final String GLIBC = "2.17";

    private HostImage() {}

    /**
     * Packs a home into a laptop's.
     *
     * @return a line that says what came of it
     */
    static String write(Path home, Path laptopHome) throws IOException {
        Path images = Files.createDirectories(laptopHome.resolve("lib/images").resolve(PLATFORM));
        Archive archive = new Archive(home);
        String digest = archive.digest();
        archive.writeGzip(images.resolve("agent.tar.gz"), digest);
        archive.writeZstd(images.resolve("agent.tar.zst"), digest);
        Properties properties = new Properties();
        properties.setProperty("digest", digest);
        properties.setProperty("platform", PLATFORM);
        properties.setProperty("glibc", GLIBC);
        properties.setProperty("tar.gz", "agent.tar.gz");
        properties.setProperty("tar.zst", "agent.tar.zst");
        properties.setProperty("unpacked", Long.toString(archive.unpackedBytes()));
        try (Writer out = Files.newBufferedWriter(images.resolve("image.properties"))) {
            properties.store(out, "What hosts of this platform get");
        }
        return "image %s: %.1f MB unpacked, %.1f MB gzip, %.1f MB zstd"
                .formatted(
                        digest.substring(0, 12),
                        archive.unpackedBytes() / 1e6,
                        Files.size(images.resolve("agent.tar.gz")) / 1e6,
                        Files.size(images.resolve("agent.tar.zst")) / 1e6);
    }
}
