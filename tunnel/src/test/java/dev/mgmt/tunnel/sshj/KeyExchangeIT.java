package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException.HandshakeFailed;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys are agreed upon with servers that know only one way. */
@Timeout(180)
class KeyExchangeIT {
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();

    @AfterEach
    void nothingIsLeft() throws Exception {
        tunnels.close();
        residue.check();
    }

    private void assertWorks(LoopbackSshd server) throws Exception {
        try (Tunnel tunnel = tunnels.connect(server.target());
                var process = tunnel.start(RemoteCommand.of("true"))) {
            assertEquals(new Ending.Exited(0), process.await(Duration.ofSeconds(10)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sntrup761x25519-sha512@openssh.com",
                "curve25519-sha256",
                "curve25519-sha256@libssh.org",
                "ecdh-sha2-nistp256",
                "ecdh-sha2-nistp384",
                "ecdh-sha2-nistp521",
                "diffie-hellman-group16-sha512",
                "diffie-hellman-group14-sha256",
            })
    void serverThatKnowsOneExchangeIsUnderstood(String name) throws Exception {
        try (var server = LoopbackSshd.start("KexAlgorithms " + name, "LogLevel DEBUG1")) {
            for (int i = 0; i < 3; i++) {
                assertWorks(server);
            }
            assertTrue(server.log().contains("kex: algorithm: " + name), server.log());
        }
    }

    /** A server that is not OpenSSH's, as Debian's does not know these names yet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlkem768x25519-sha256",
                "sntrup761x25519-sha512",
                "sntrup761x25519-sha512@openssh.com",
            })
    void serverThatKnowsOneNewExchangeIsUnderstood(String name) throws Exception {
        try (var server = ForeignSshd.start(name)) {
            for (int i = 0; i < 30; i++) {
                tunnels.connect(server.target()).close();
            }
        }
    }

    /** Long enough that leading zeros of some secret are met: a few in a hundred. */
    @Test
    void manyExchangesInARowAllAgree() throws Exception {
        try (var server = LoopbackSshd.start("KexAlgorithms sntrup761x25519-sha512@openssh.com")) {
            for (int i = 0; i < 100; i++) {
                tunnels.connect(server.target()).close();
            }
        }
    }

    /** Against what became known as Terrapin: nothing may be slipped in before the first keys. */
    @Test
    void orderOfTheFirstExchangeIsStrict() throws Exception {
        try (var server = LoopbackSshd.start("LogLevel DEBUG3")) {
            assertWorks(server);
            assertTrue(server.log().contains("will use strict KEX ordering"), server.log());
        }
    }

    /** The library asks for new keys itself only after a gigabyte; the server may sooner. */
    @Test
    void keysAreExchangedAnewInTheMiddle() throws Exception {
        try (var server =
                        LoopbackSshd.start(
                                "KexAlgorithms sntrup761x25519-sha512@openssh.com",
                                "RekeyLimit 100K",
                                "LogLevel DEBUG1");
                Tunnel tunnel = tunnels.connect(server.target());
                var process =
                        tunnel.start(RemoteCommand.of("head", "-c", "1000000", "/dev/zero"))) {
            assertEquals(1_000_000, process.stdout().readAllBytes().length);
            assertEquals(new Ending.Exited(0), process.await(Duration.ofSeconds(10)));
            int exchanges = server.log().split("kex: algorithm: sntrup761", -1).length - 1;
            assertTrue(exchanges > 2, exchanges + " exchanges");
        }
    }

    @Test
    void serverWithNothingInCommonIsToldApart() {
        try (var server = LoopbackSshd.start("KexAlgorithms diffie-hellman-group18-sha512")) {
            var failed =
                    assertThrows(HandshakeFailed.class, () -> tunnels.connect(server.target()));
            assertTrue(
                    String.valueOf(failed.getMessage()).contains("no algorithm in common"),
                    failed.getMessage());
        }
    }
}
