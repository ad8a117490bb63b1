package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in with what an agent holds. */
@Timeout(60)
class AgentLoginIT {
    private static LoopbackSshd server;
    private static final AgentKeys ALL = AgentKeys.ALL;
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();
    private final RealAgent agent = RealAgent.start();
    @TempDir private Path directory = Path.of("");

    @BeforeAll
    static void startServer() {
        server = LoopbackSshd.start("LogLevel DEBUG1");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        agent.close();
        tunnels.close();
        residue.check();
    }

    private static char[] never() {
        throw new AssertionError("nobody should be asked");
    }

    private static Credential named(Path file) {
        return new Credential.KeyFile(file, AgentLoginIT::never);
    }

    private Path key(String name, String... options) {
        Path file = directory.resolve(name);
        LoopbackSshd.generateKey(file, options);
        return file;
    }

    private Path welcome(String name, String... options) {
        Path file = key(name, options);
        server.authorize(Path.of(file + ".pub"));
        return file;
    }

    private Target target(LoopbackSshd sshd, AgentKeys which, Credential... credentials) {
        Target target = sshd.target(List.of(credentials));
        return target.with(
                new LoginRules(
                        EnumSet.allOf(Method.class),
                        which,
                        List.of(),
                        Optional.of(agent.socket()),
                        Questions.ALLOWED),
                target.limits());
    }

    private void assertLogsIn(Target target) throws Exception {
        tunnels.connect(target).close();
    }

    private String refusal(Target target) {
        var refused = assertThrows(LoginRefused.class, () -> tunnels.connect(target));
        return String.valueOf(refused.getMessage());
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void keyOfTheAgentLogsIn(String type) throws Exception {
        agent.add(welcome(type, "-t", type).toString());
        assertLogsIn(target(server, ALL));
    }

    @Test
    void namedKeyThatTheAgentHoldsNeedsNoPassphrase() throws Exception {
        Path file = welcome("locked", "-t", "ed25519", "-N", "secret");
        agent.addAnswering("secret", file.toString());
        assertLogsIn(target(server, AgentKeys.NAMED, named(file)));
    }

    @Test
    void publicKeyFileNamesAKeyOfTheAgent() throws Exception {
        Path file = welcome("far", "-t", "ed25519");
        agent.add(file.toString());
        Files.delete(file);
        assertLogsIn(target(server, AgentKeys.NAMED, named(Path.of(file + ".pub"))));
        assertLogsIn(target(server, AgentKeys.NAMED, named(file)));
    }

    @Test
    void otherKeysOfTheAgentAreNotShownIfOnlyNamedOnesMayBe() {
        agent.add(welcome("other", "-t", "ed25519").toString());
        Path stranger = key("stranger", "-t", "ed25519");
        String message = refusal(target(server, AgentKeys.NAMED, named(stranger)));
        assertContains("key " + stranger + " was not accepted", message);
        assertEquals(-1, message.indexOf("the agent's"), message);
    }

    @Test
    void namedKeysComeBeforeTheAgentsOtherKeys() throws Exception {
        try (var strict = LoopbackSshd.start("MaxAuthTries 2")) {
            for (int i = 0; i < 5; i++) {
                agent.add(key("other" + i, "-t", "ed25519").toString());
            }
            assertLogsIn(target(strict, ALL, named(strict.clientKey())));
        }
    }

    @Test
    void moreKeysThanAHostLooksAtAreShownOverASecondConnection() throws Exception {
        try (var usual = LoopbackSshd.start("LogLevel DEBUG1")) {
            for (int i = 0; i < 9; i++) {
                agent.add(key("other" + i, "-t", "ed25519").toString());
            }
            Path last = key("last", "-t", "ed25519");
            usual.authorize(Path.of(last + ".pub"));
            agent.add(last.toString());
            assertLogsIn(target(usual, ALL));
        }
    }

    @Test
    void refusalNamesWhatWasTriedAndWhatWasNot() {
        try (var strict = LoopbackSshd.start("MaxAuthTries 2")) {
            List<Credential> credentials = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                credentials.add(named(key("stranger" + i, "-t", "ed25519")));
            }
            String message = refusal(target(strict, ALL, credentials.toArray(Credential[]::new)));
            assertContains("stranger3 was not accepted", message);
            assertContains("stranger4 was not tried any more", message);
            assertContains("stranger5 was not tried any more", message);
            assertContains("Too many authentication failures", message);
        }
    }

    @Test
    void lockedAgentIsPassedOver() throws Exception {
        agent.add(welcome("locked-in", "-t", "ed25519").toString());
        agent.addAnswering("secret", "-x");
        assertLogsIn(target(server, ALL, named(server.clientKey())));
    }

    @Test
    void agentThatIsGoneIsPassedOverAndNamed() throws Exception {
        agent.kill();
        assertLogsIn(target(server, ALL, named(server.clientKey())));
        String message = refusal(target(server, ALL));
        assertContains("the agent ", message);
        assertContains("the host accepts publickey", message);
    }

    /** Its owner is asked at each use and there is nobody: the next credential is tried. */
    @Test
    void agentThatRefusesToSignIsPassedOver() throws Exception {
        agent.add("-c", welcome("guarded", "-t", "ed25519").toString());
        String message = refusal(target(server, ALL));
        assertContains("was not used: the agent refuses to sign", message);
        assertLogsIn(
                target(
                        server,
                        ALL,
                        named(directory.resolve("guarded")),
                        named(server.clientKey())));
    }

    @Test
    void agentIsNeverForwarded() throws Exception {
        agent.add(welcome("mine", "-t", "ed25519").toString());
        try (var sshd = LoopbackSshd.start("AllowAgentForwarding yes", "LogLevel DEBUG1")) {
            agent.add(sshd.clientKey().toString());
            assertLogsIn(target(sshd, ALL));
            assertEquals(-1, sshd.log().indexOf("auth-agent-req"), sshd.log());
        }
    }
}
