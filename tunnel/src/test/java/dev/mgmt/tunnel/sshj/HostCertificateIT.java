package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException.HostKeyChanged;
import dev.mgmt.tunnel.TunnelException.HostKeyUnknown;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hosts that show a certificate of an authority which known_hosts names, and hosts that seem to.
 */
@Timeout(60)
class HostCertificateIT {
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();
    @TempDir private Path directory = Path.of("");

    @AfterEach
    void nothingIsLeft() throws Exception {
        tunnels.close();
        residue.check();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String line(String name) throws Exception {
        return Files.readString(file(name));
    }

    private void generate(String name, String options) {
        LoopbackSshd.generateKey(file(name), options.split(" ", -1));
    }

    /** A server whose host key is certified with these options of ssh-keygen. */
    private LoopbackSshd server(String... options) {
        if (Files.notExists(file("ca"))) {
            generate("ca", "-t ed25519");
        }
        if (Files.notExists(file("host"))) {
            generate("host", "-t ed25519");
        }
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-s", file("ca").toString()));
        command.addAll(List.of("-I", "the host"));
        command.addAll(List.of(options));
        command.add(file("host.pub").toString());
        LoopbackSshd.run(command);
        return LoopbackSshd.start(
                "HostKey " + file("host"),
                "HostCertificate " + file("host-cert.pub"),
                "LogLevel DEBUG1");
    }

    private Target target(LoopbackSshd sshd, HostKeyPolicy policy, String knownHosts)
            throws Exception {
        Path written = Files.writeString(file("known_hosts"), knownHosts);
        return sshd.target()
                .trusting(
                        new HostKeyTrust(
                                policy,
                                List.of(written),
                                List.of(),
                                Optional.empty(),
                                HostKeyTrust.Names.PLAIN));
    }

    private String authority() throws Exception {
        return "@cert-authority * " + line("ca.pub");
    }

    private String unknown(Target target) {
        var refused = assertThrows(HostKeyUnknown.class, () -> tunnels.connect(target));
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "-t ed25519, -t ed25519, ssh-ed25519-cert-v01@openssh.com",
        "-t rsa -b 2048, -t ed25519, rsa-sha2-512-cert-v01@openssh.com",
        "-t ecdsa -b 256, -t rsa -b 2048, ecdsa-sha2-nistp256-cert-v01@openssh.com",
        "-t ecdsa -b 384, -t ecdsa -b 521, ecdsa-sha2-nistp384-cert-v01@openssh.com",
        "-t ecdsa -b 521, -t ed25519, ecdsa-sha2-nistp521-cert-v01@openssh.com",
    })
    void certificateOfEveryKindIsTaken(String host, String ca, String algorithm) throws Exception {
        generate("host", host);
        generate("ca", ca);
        try (var sshd = server("-h", "-n", "127.0.0.1")) {
            tunnels.connect(target(sshd, HostKeyPolicy.STRICT, authority())).close();
            assertTrue(sshd.log().contains("host key algorithm: " + algorithm), sshd.log());
        }
    }

    @Test
    void certificateHoldsForEveryExchangeOfKeys() throws Exception {
        generate("ca", "-t ed25519");
        for (String exchange : List.of("sntrup761x25519-sha512@openssh.com", "curve25519-sha256")) {
            generate("host", "-t ed25519");
            LoopbackSshd.run(
                    List.of(
                            "ssh-keygen",
                            "-q",
                            "-s",
                            file("ca").toString(),
                            "-h",
                            "-I",
                            "it",
                            "-n",
                            "127.0.0.1",
                            file("host.pub").toString()));
            try (var sshd =
                    LoopbackSshd.start(
                            "KexAlgorithms " + exchange,
                            "HostKey " + file("host"),
                            "HostCertificate " + file("host-cert.pub"))) {
                tunnels.connect(target(sshd, HostKeyPolicy.STRICT, authority())).close();
            }
            Files.delete(file("host"));
            Files.delete(file("host.pub"));
        }
    }

    @Test
    void principalMayHaveWildcards() throws Exception {
        try (var sshd = server("-h", "-n", "other.example,127.0.*")) {
            tunnels.connect(target(sshd, HostKeyPolicy.STRICT, authority())).close();
        }
    }

    @Test
    void aliasIsTheNameThatIsLookedFor() throws Exception {
        try (var sshd = server("-h", "-n", "db.example")) {
            Path written =
                    Files.writeString(
                            file("known_hosts"), "@cert-authority *.example " + line("ca.pub"));
            var trust =
                    new HostKeyTrust(
                            HostKeyPolicy.STRICT,
                            List.of(written),
                            List.of(),
                            Optional.of("db.example"),
                            HostKeyTrust.Names.PLAIN);
            tunnels.connect(sshd.target().trusting(trust)).close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-h -n other.example | is for other.example",
                "-h | is for no host",
                "-n 127.0.0.1 | is not a host's",
                "-h -n 127.0.0.1 -V 20200101:20200102 | expired on 2020-01",
                "-h -n 127.0.0.1 -V 20900101:20910101 | is not valid before 20",
                "-h -n 127.0.0.1 -O critical:odd@example.com=1 | has critical options: odd@",
            })
    void certificateThatDoesNotHoldIsNoReasonToTrust(String options, String flaw) throws Exception {
        try (var sshd = server(options.split(" ", -1))) {
            for (HostKeyPolicy policy : HostKeyPolicy.values()) {
                String message = unknown(target(sshd, policy, authority()));
                assertTrue(message.contains(flaw), message);
                assertTrue(message.contains("its certificate \"the host\" by SHA256:"), message);
            }
            assertEquals(authority(), line("known_hosts"));
        }
    }

    @Test
    void keyThatIsListedHoldsWithoutItsCertificate() throws Exception {
        try (var sshd = server("-h", "-n", "127.0.0.1", "-V", "20200101:20200102")) {
            String plain = "[127.0.0.1]:" + sshd.port() + " " + line("host.pub");
            tunnels.connect(target(sshd, HostKeyPolicy.STRICT, authority() + plain)).close();
        }
    }

    @Test
    void authorityThatIsNotNamedForTheHostMeansNothing() throws Exception {
        try (var sshd = server("-h", "-n", "127.0.0.1")) {
            generate("stranger", "-t ed25519");
            String others =
                    "@cert-authority * "
                            + line("stranger.pub")
                            + "@cert-authority *.example "
                            + line("ca.pub");
            unknown(target(sshd, HostKeyPolicy.STRICT, others));
            String plain = "[127.0.0.1]:" + sshd.port() + " " + line("host.pub");
            Target listed = target(sshd, HostKeyPolicy.STRICT, others + plain);
            try (var another = new SshjTunnels()) {
                another.connect(listed).close();
            }
        }
    }

    @Test
    void certificateIsNotAskedForWhereNoAuthorityIsNamed() throws Exception {
        try (var sshd = server("-h", "-n", "127.0.0.1")) {
            String plain = "[127.0.0.1]:" + sshd.port() + " " + line("host.pub");
            tunnels.connect(target(sshd, HostKeyPolicy.STRICT, plain)).close();
            assertTrue(sshd.log().contains("host key algorithm: ssh-ed25519 "), sshd.log());
        }
    }

    @ParameterizedTest
    @CsvSource({"ca.pub", "host.pub"})
    void revokedAuthorityOrKeyIsRefused(String revoked) throws Exception {
        try (var sshd = server("-h", "-n", "127.0.0.1")) {
            Target target =
                    target(
                            sshd,
                            HostKeyPolicy.ACCEPT_NEW,
                            authority() + "@revoked * " + line(revoked));
            var refused = assertThrows(HostKeyChanged.class, () -> tunnels.connect(target));
            assertEquals(2, refused.line());
        }
    }

    @Test
    void sha1SignatureOfAnRsaAuthorityIsNotTaken() throws Exception {
        generate("ca", "-t rsa -b 2048");
        try (var sshd = server("-h", "-n", "127.0.0.1", "-t", "ssh-rsa")) {
            String message = unknown(target(sshd, HostKeyPolicy.STRICT, authority()));
            assertTrue(message.contains("is signed with ssh-rsa by a ssh-rsa key"), message);
        }
    }
}
