package dev.mgmt.remote.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.remote.probe.HostFacts.Cache;
import dev.mgmt.remote.probe.HostFacts.Fitness;
import dev.mgmt.remote.probe.HostFacts.Libc;
import dev.mgmt.remote.probe.HostFacts.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactLinesTest {
    @Test
    void debianIsUnderstood() {
        assertEquals(
                Optional.of(
                        new HostFacts(
                                "Linux",
                                "x86_64",
                                new Libc.Glibc(new Version(2, 36)),
                                0,
                                Set.of("tar", "gzip", "xz"),
                                List.of(
                                        new Cache("/var/cache/mgmt", 83390136, Fitness.EXEC),
                                        new Cache("/root/a cache/mgmt", 100, Fitness.NOEXEC),
                                        new Cache("/var/tmp/mgmt-0", 0, Fitness.UNUSABLE)))),
                read(
                        """
                        os=Linux
                        arch=x86_64
                        libc=glibc 2.36
                        uid=0
                        tool=tar
                        tool=gzip
                        tool=xz
                        cache=83390136 exec /var/cache/mgmt
                        cache=100 noexec /root/a cache/mgmt
                        cache=0 unusable /var/tmp/mgmt-0
                        """));
    }

    @Test
    void alpineIsUnderstood() {
        HostFacts facts =
                read("""
                                os=Linux
                                arch=aarch64
                                libc=musl 1.2.5
                                uid=1000
                                tool=tar
                                tool=gzip
                                cache=5000 unwritable /home/alpine/.cache/mgmt
                                """)
                        .orElseThrow();

        assertEquals(new Libc.Musl("1.2.5"), facts.libc());
        assertEquals("linux-aarch64-musl", facts.platform());
        assertEquals(Fitness.UNWRITABLE, facts.caches().getFirst().fitness());
    }

    @Test
    void whatAHostDoesNotKnowStaysOpen() {
        HostFacts facts = read("os=FreeBSD\narch=amd64\nlibc=unknown\nuid=\n").orElseThrow();

        assertEquals(new Libc.Unknown(), facts.libc());
        assertEquals(-1, facts.user());
        assertEquals("freebsd-amd64-unknown", facts.platform());
    }

    @Test
    void linesOfOthersInBetweenArePassedOver() {
        HostFacts facts =
                read("""
                                You have mail.
                                os=Linux
                                PS1=$
                                =
                                cache=
                                cache=x exec /a
                                cache=1 unheard-of /a
                                cache=99999999999999999999 exec /a
                                libc=glibc 2.x
                                arch=x86_64
                                """)
                        .orElseThrow();

        assertEquals(List.of(), facts.caches());
        assertEquals(new Libc.Unknown(), facts.libc());
    }

    @Test
    void aHostThatDoesNotSayWhatItIsIsNotUnderstood() {
        assertEquals(Optional.empty(), read("arch=x86_64\nuid=0\n"));
    }

    @Test
    void versionsCompareAsNumbers() {
        assertEquals(Optional.of(new Version(2, 9)), Version.read("2.9-ubuntu"));
        assertEquals(Optional.empty(), Version.read("unstable"));
        assertEquals(true, new Version(2, 9).compareTo(new Version(2, 36)) < 0);
    }

    private static Optional<HostFacts> read(String lines) {
        return FactLines.read(lines.lines().toList());
    }
}
