package dev.mgmt.remote.image;

import dev.mgmt.remote.probe.HostFacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A program for one platform, ready to be sent.
 *
 * @param digest of its content; its name on hosts
 * @param platform os, architecture and C library, such as {@code linux-x86_64-glibc}
 * @param glibc the oldest that it runs with; empty where that does not apply
 * @param archives the same tar by compression
 * @param unpacked bytes it takes on a host
 */
public record AgentImage(
        String digest,
        String platform,
        Optional<HostFacts.Version> glibc,
        Map<Compression, Path> archives,
        long unpacked) {
    public AgentImage {
        archives = Map.copyOf(archives);
    }

    /** How an archive is packed, best first. */
    public enum Compression {
        ZSTD("tar.zst", "zstd"),
        XZ("tar.xz", "xz"),
        GZIP("tar.gz", "gzip");

        private final String suffix;
        private final String tool;

        Compression(String suffix, String tool) {
            this.suffix = suffix;
            this.tool = tool;
        }

        /** The archive's suffix, and its key among an image's properties. */
        public String suffix() {
            return suffix;
        }

        /** What unpacks it on a host. */
        public String tool() {
            return tool;
        }
    }

    /** Whether it runs on such a host. */
    public boolean fits(HostFacts facts) {
        if (!platform.equals(facts.platform())) {
            return false;
        }
        return switch (facts.libc()) {
            case HostFacts.Libc.Glibc(HostFacts.Version version) ->
                    glibc.isEmpty() || version.compareTo(glibc.get()) >= 0;
            case HostFacts.Libc.Musl(_), HostFacts.Libc.Unknown() -> true;
        };
    }

    /** The best archive that the host can unpack. */
    public Optional<Compression> compression(HostFacts facts) {
        for (Compression compression : Compression.values()) {
            if (archives.containsKey(compression) && facts.tools().contains(compression.tool())) {
                return Optional.of(compression);
            }
        }
        return Optional.empty();
    }

    /** With the oldest C library it takes, as messages name it. */
    @Override
    public String toString() {
        return platform + glibc.map(version -> " (glibc " + version + " or newer)").orElse("");
    }
}
