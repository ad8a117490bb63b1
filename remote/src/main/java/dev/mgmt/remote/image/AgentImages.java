package dev.mgmt.remote.image;

import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.image.AgentImage.Compression;
import dev.mgmt.remote.probe.HostFacts;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The images that this laptop can hand out: one directory per platform below {@code lib/images}, as
 * the build lays them out.
 */
public record AgentImages(List<AgentImage> all) {
    private static final String PROPERTIES = "image.properties";

    public AgentImages {
        all = List.copyOf(all);
    }

    /**
     * Reads {@code <home>/lib/images}; none there is no error.
     *
     * @throws IOException when a description cannot be read, or describes no image
     */
    public static AgentImages in(Path home) throws IOException {
        Path directory = home.resolve("lib").resolve("images");
        List<AgentImage> images = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> platforms = Files.newDirectoryStream(directory)) {
                for (Path platform : platforms) {
                    if (Files.exists(platform.resolve(PROPERTIES))) {
                        images.add(read(platform));
                    }
                }
            }
        }
        images.sort(Comparator.comparing(AgentImage::platform));
        return new AgentImages(images);
    }

    public List<String> digests() {
        return all.stream().map(AgentImage::digest).toList();
    }

    /** The image for such a host. */
    public AgentImage fitting(HostFacts facts) throws HostException.CannotTakeAgent {
        for (AgentImage image : all) {
            if (image.fits(facts)) {
                return image;
            }
        }
        throw new HostException.CannotTakeAgent(
                "No image of mgmt fits this host",
                "it is " + described(facts) + ", and the images at hand are for " + atHand(),
                "Build one on such a machine:  mvn package  in the source of mgmt; then copy its"
                        + " lib/images directory into yours.");
    }

    private String atHand() {
        return all.isEmpty()
                ? "no platform at all"
                : String.join(", ", all.stream().map(AgentImage::toString).toList());
    }

    private static String described(HostFacts facts) {
        return switch (facts.libc()) {
            case HostFacts.Libc.Glibc(HostFacts.Version version) ->
                    facts.platform() + " " + version;
            case HostFacts.Libc.Musl(String version) -> facts.platform() + " " + version;
            case HostFacts.Libc.Unknown() -> facts.platform();
        };
    }

    private static AgentImage read(Path directory) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(PROPERTIES))) {
            properties.load(reader);
        }
        Map<Compression, Path> archives = new EnumMap<>(Compression.class);
        for (Compression compression : Compression.values()) {
            String file = properties.getProperty(compression.suffix());
            if (file != null) {
                archives.put(compression, directory.resolve(file));
            }
        }
        try {
            return new AgentImage(
                    required(properties, "digest", directory),
                    required(properties, "platform", directory),
                    HostFacts.Version.read(properties.getProperty("glibc", "")),
                    archives,
                    Long.parseLong(required(properties, "unpacked", directory)));
        } catch (NumberFormatException e) {
            throw new IOException(directory.resolve(PROPERTIES) + ": unpacked is no number", e);
        }
    }

    private static String required(Properties properties, String key, Path directory)
            throws IOException {
        return Optional.ofNullable(properties.getProperty(key))
                .orElseThrow(() -> new IOException(directory.resolve(PROPERTIES) + ": no " + key));
    }
}
