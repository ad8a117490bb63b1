package dev.mgmt.remote.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.image.AgentImage.Compression;
import dev.mgmt.remote.probe.HostFacts;
import dev.mgmt.remote.probe.HostFacts.Libc;
import dev.mgmt.remote.probe.HostFacts.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentImagesTest {
    private static final AgentImage GLIBC =
            new AgentImage(
                    "g",
                    "linux-x86_64-glibc",
                    Optional.of(new Version(2, 31)),
                    Map.of(
                            Compression.GZIP, Path.of("a.tar.gz"),
                            Compression.ZSTD, Path.of("a.tar.zst")),
                    1);
    private static final AgentImage MUSL =
            new AgentImage("m", "linux-x86_64-musl", Optional.empty(), Map.of(), 1);
    private static final AgentImages IMAGES = new AgentImages(List.of(GLIBC, MUSL));

    @Test
    void theImageThatFitsTheHostIsTaken() throws Exception {
        assertEquals(GLIBC, IMAGES.fitting(host(new Libc.Glibc(new Version(2, 31)))));
        assertEquals(GLIBC, IMAGES.fitting(host(new Libc.Glibc(new Version(3, 0)))));
        assertEquals(MUSL, IMAGES.fitting(host(new Libc.Musl("1.2.3"))));
    }

    @Test
    void whereNoneFitsThoseAtHandAreNamed() {
        HostException refused =
                assertThrows(
                        HostException.CannotTakeAgent.class,
                        () -> IMAGES.fitting(host(new Libc.Glibc(new Version(2, 17)))));

        assertTrue(refused.why().contains("linux-x86_64-glibc 2.17"), refused::why);
        assertTrue(refused.why().contains("glibc 2.31 or newer"), refused::why);
        assertTrue(refused.why().contains("linux-x86_64-musl"), refused::why);
        assertTrue(refused.advice().contains("mvn package"), refused::advice);
    }

    @Test
    void theBestArchiveThatTheHostUnpacksIsSent() {
        assertEquals(Optional.of(Compression.ZSTD), GLIBC.compression(tools("zstd", "gzip")));
        assertEquals(Optional.of(Compression.GZIP), GLIBC.compression(tools("xz", "gzip")));
        assertEquals(Optional.empty(), GLIBC.compression(tools("xz")));
    }

    private static HostFacts host(Libc libc) {
        return new HostFacts("Linux", "x86_64", libc, 0, Set.of(), List.of());
    }

    private static HostFacts tools(String... tools) {
        return new HostFacts("Linux", "x86_64", new Libc.Unknown(), 0, Set.of(tools), List.of());
    }
}
