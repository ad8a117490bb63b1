package dev.mgmt.tunnel.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownHostsTest {
    private static final HostKey KEY = new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIA==");
    private static final HostKey RSA = new HostKey("ssh-rsa", "AAAAB3NzaC1yc2E=");

    /** Keys are written as ED (ours), RSA and XX (somebody else's). */
    private static KnownHosts file(String text) {
        return KnownHosts.parse(
                Path.of("kh"),
                text.replace("ED", "ssh-ed25519 " + KEY.base64())
                        .replace("RSA", "ssh-rsa " + RSA.base64())
                        .replace("XX", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIX=="));
    }

    private static String verdict(String text, String host, int port) {
        return switch (file(text).check(new HostName(host, port), KEY)) {
            case HostKeyVerdict.Known _ -> "known";
            case HostKeyVerdict.Unknown _ -> "unknown";
            case HostKeyVerdict.Changed(Path _, int line) -> "changed:" + line;
            case HostKeyVerdict.Revoked(Path _, int line) -> "revoked:" + line;
        };
    }

    @ParameterizedTest(name = "{0} → {3}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    a.test ED;                                 a.test;    22;   known
                    a.test ED a comment with words;            a.test;    22;   known
                    A.Test ED;                                 a.TEST;    22;   known
                    a.test,192.0.2.1 ED;                       192.0.2.1; 22;   known
                    b.test ED;                                 a.test;    22;   unknown
                    a.test XX;                                 a.test;    22;   changed:1
                    a.test XX|a.test ED;                       a.test;    22;   known
                    a.test RSA|a.test ED;                      a.test;    22;   known
                    a.test RSA;                                a.test;    22;   changed:1
                    # a.test XX||a.test XX;                    a.test;    22;   changed:3
                    [a.test]:2222 ED;                          a.test;    2222; known
                    [a.test]:2222 ED;                          a.test;    22;   unknown
                    [a.test]:2222 XX;                          a.test;    2222; changed:1
                    a.test ED;                                 a.test;    2222; known
                    a.test XX;                                 a.test;    2222; unknown
                    [2001:db8::1]:2222 ED;                     2001:DB8::1; 2222; known
                    *.test ED;                                 a.test;    22;   known
                    a?.test ED;                                ab.test;   22;   known
                    a?.test ED;                                a.test;    22;   unknown
                    * ED;                                      a.test;    22;   known
                    [*.test]:2222 ED;                          a.test;    2222; known
                    *.test,!a.test ED;                         a.test;    22;   unknown
                    *.test,!a.test ED;                         b.test;    22;   known
                    !a.test,*.test ED;                         a.test;    22;   unknown
                    !a.test ED;                                b.test;    22;   unknown
                    @revoked * ED;                             a.test;    22;   revoked:1
                    a.test ED|@revoked * ED;                   a.test;    22;   revoked:2
                    @revoked a.test XX|a.test ED;              a.test;    22;   known
                    @revoked b.test ED;                        a.test;    22;   unknown
                    @cert-authority * ED;                      a.test;    22;   unknown
                    @cert-authority *.test XX|a.test ED;       a.test;    22;   known
                    @future a.test ED;                         a.test;    22;   unknown
                    a.test;                                    a.test;    22;   unknown
                    a.test ssh-ed25519;                        a.test;    22;   unknown
                    |1|bad|base64!| ED;                        a.test;    22;   unknown
                    '';                                        a.test;    22;   unknown
                    """)
    void judgesKeyByLines(String lines, String host, int port, String expected) {
        String text = lines.startsWith("|1|") ? lines : lines.replace('|', '\n');
        assertEquals(expected, verdict(text, host, port));
    }

    /** As {@code ssh-keygen -H} of OpenSSH 9.2 wrote them. */
    private static final String HASHED =
            """
            |1|CmzIhAUhVqanKu6H1DFJii3cC8g=|qoEoe4ab5iV36LJ9j7zpvcVXoho= ED
            |1|J0WGGgL0qgCGYZw+4H3PzijagNA=|oHy2322VsGXTnhdGSbRa1oP885U= XX
            """;

    @Test
    void namesHashedByOpensshAreFound() {
        assertEquals("known", verdict(HASHED, "db1.example.com", 22));
        assertEquals("known", verdict(HASHED, "DB1.example.com", 22));
        assertEquals("changed:2", verdict(HASHED, "db1.example.com", 2222));
        assertEquals("unknown", verdict(HASHED, "db2.example.com", 22));
    }

    @Test
    void typesListedForHostAreToldSoThatItCanBeAskedForThem() {
        String text = "a.test RSA\na.test ED\n*.test XX\n@revoked a.test ssh-dss AAAA\n";
        assertEquals(
                Set.of("ssh-rsa", "ssh-ed25519"), file(text).keyTypes(new HostName("a.test", 22)));
        assertEquals(Set.of(), file(text).keyTypes(new HostName("b.other", 22)));
    }

    @Test
    void tenThousandHashedLinesAreLookedUpForAHundredHostsInSeconds() {
        String one = HASHED.lines().toList().getFirst() + "\n";
        KnownHosts large = file(one.repeat(10_000));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    for (int i = 0; i < 100; i++) {
                        HostKeyVerdict verdict = large.check(new HostName("h" + i, 22), KEY);
                        assertEquals(new HostKeyVerdict.Unknown(), verdict);
                    }
                });
    }

    @Test
    void patternWithManyStarsIsNoWayToStopUs() {
        String stars = "*a".repeat(40) + " ED\n";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertEquals("unknown", verdict(stars, "a".repeat(200) + "b", 22)));
    }

    @Test
    void fingerprintIsOpenssh() {
        assertEquals(
                "SHA256:w0iawnvICBGWNNTs34tfxJvOVheMD4XgrMtTPRMlhcQ",
                new HostKey(
                                "ssh-ed25519",
                                "AAAAC3NzaC1lZDI1NTE5AAAAIEyF9iynJmIcdQ1MGkKFQid1lCoE/1q1AicOXA68cQPv")
                        .fingerprint());
    }
}
