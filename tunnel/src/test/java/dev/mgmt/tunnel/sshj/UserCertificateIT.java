package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.RealAgent;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.LoginRules;
import dev.mgmt.tunnel.identity.LoginRules.AgentKeys;
import dev.mgmt.tunnel.identity.LoginRules.Method;
import dev.mgmt.tunnel.identity.LoginRules.Questions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that knows no key of ours, but the authority that signed one. */
@Timeout(60)
class UserCertificateIT {
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();
    @TempDir private Path directory = Path.of("");
    private LoopbackSshd server;

    @BeforeEach
    void startServer() {
        LoopbackSshd.generateKey(directory.resolve("ca"), "-t", "ed25519");
        server =
                LoopbackSshd.start(
                        "TrustedUserCAKeys " + directory.resolve("ca.pub"),
                        "AuthorizedKeysFile none",
                        "LogLevel DEBUG2");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        server.close();
        tunnels.close();
        residue.check();
    }

    private static char[] never() {
        throw new AssertionError("nobody should be asked");
    }

    private Credential key(String name) {
        return new Credential.KeyFile(directory.resolve(name), UserCertificateIT::never);
    }

    /** Signs {@code name.pub}, which makes {@code name-cert.pub}. */
    private Path certify(String name, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of("ssh-keygen", "-q", "-s", directory.resolve("ca").toString()));
        command.addAll(List.of("-I", "test", "-n", server.user()));
        command.addAll(List.of(options));
        command.add(directory.resolve(name + ".pub").toString());
        LoopbackSshd.run(command);
        return directory.resolve(name + "-cert.pub");
    }

    private Target target(LoginRules rules, Credential... credentials) {
        Target target = server.target(List.of(credentials));
        return target.with(rules, target.limits());
    }

    private static LoginRules rules(List<Path> certificates, Optional<Path> agent) {
        return new LoginRules(
                EnumSet.allOf(Method.class),
                AgentKeys.NAMED,
                certificates,
                agent,
                Questions.ALLOWED);
    }

    private String refusal(Target target) {
        var refused = assertThrows(LoginRefused.class, () -> tunnels.connect(target));
        return String.valueOf(refused.getMessage());
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    @ParameterizedTest
    @CsvSource({
        "-t ed25519, ssh-ed25519-cert-v01@openssh.com",
        "-t rsa -b 2048, rsa-sha2-512-cert-v01@openssh.com",
        "-t rsa -b 2048 -m PEM, rsa-sha2-512-cert-v01@openssh.com",
        "-t ecdsa -b 256, ecdsa-sha2-nistp256-cert-v01@openssh.com",
        "-t ecdsa -b 384, ecdsa-sha2-nistp384-cert-v01@openssh.com",
        "-t ecdsa -b 521, ecdsa-sha2-nistp521-cert-v01@openssh.com",
    })
    void certificateBesideAKeyOfEveryKindLogsIn(String options, String algorithm) throws Exception {
        LoopbackSshd.generateKey(directory.resolve("key"), options.split(" ", -1));
        certify("key");
        tunnels.connect(target(LoginRules.ANY, key("key"))).close();
        assertContains("public key " + algorithm, server.log());
    }

    @Test
    void namedCertificateLogsIn() throws Exception {
        LoopbackSshd.generateKey(directory.resolve("key"), "-t", "ed25519");
        Path elsewhere = Files.move(certify("key"), directory.resolve("elsewhere.pub"));
        var rules = rules(List.of(elsewhere), Optional.empty());
        tunnels.connect(target(rules, key("key"))).close();
    }

    @Test
    void certificateInTheAgentLogsIn() throws Exception {
        LoopbackSshd.generateKey(directory.resolve("key"), "-t", "rsa", "-b", "2048");
        certify("key");
        try (RealAgent agent = RealAgent.start()) {
            // ssh-add takes the certificate beside the key along.
            agent.add(directory.resolve("key").toString());
            Files.delete(directory.resolve("key"));
            Files.delete(directory.resolve("key-cert.pub"));
            var rules = rules(List.of(), Optional.of(agent.socket()));
            tunnels.connect(target(rules, key("key.pub"))).close();
        }
    }

    @Test
    void agentSignsForACertificateInAFile() throws Exception {
        LoopbackSshd.generateKey(directory.resolve("key"), "-t", "ed25519", "-N", "secret");
        try (RealAgent agent = RealAgent.start()) {
            agent.addAnswering("secret", directory.resolve("key").toString());
            certify("key");
            var rules = rules(List.of(), Optional.of(agent.socket()));
            tunnels.connect(target(rules, key("key"))).close();
        }
    }

    @Test
    void certificateThatHoldsNoMoreIsRefusedAndNamed() {
        LoopbackSshd.generateKey(directory.resolve("key"), "-t", "ed25519");
        Path expired = certify("key", "-V", "20200101:20200102");
        String message = refusal(target(LoginRules.ANY, key("key")));
        assertContains("certificate " + expired + " was not accepted", message);
        assertContains("key " + directory.resolve("key") + " was not accepted", message);
    }

    @Test
    void certificateWithoutItsKeyIsNamed() {
        LoopbackSshd.generateKey(directory.resolve("key"), "-t", "ed25519");
        LoopbackSshd.generateKey(directory.resolve("other"), "-t", "ed25519");
        Path certificate = certify("key");
        String message =
                refusal(target(rules(List.of(certificate), Optional.empty()), key("other")));
        assertContains("certificate " + certificate + " has no private key here", message);
    }
}
