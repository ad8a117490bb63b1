package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.ScriptedPerson;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HostKeyChanged;
import dev.mgmt.tunnel.TunnelException.HostKeyUnknown;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import dev.mgmt.tunnel.identity.HostKeyTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose key is taken, and that a refused host learns nothing of us. */
@Timeout(60)
class HostKeyIT {
    private static LoopbackSshd server;
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();
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
        tunnels.close();
        residue.check();
    }

    private static Target trusting(LoopbackSshd sshd, HostKeyPolicy policy, Path... knownHosts) {
        return trusting(sshd, policy, HostKeyTrust.Names.PLAIN, knownHosts);
    }

    private static Target trusting(
            LoopbackSshd sshd, HostKeyPolicy policy, HostKeyTrust.Names names, Path... knownHosts) {
        return sshd.target()
                .trusting(
                        new HostKeyTrust(
                                policy, List.of(knownHosts), List.of(), Optional.empty(), names));
    }

    private Path knownHosts(String text) throws Exception {
        return Files.writeString(directory.resolve("known_hosts"), text);
    }

    private static String hostKey() throws Exception {
        return Files.readString(server.directory().resolve("host_ed25519.pub"));
    }

    private static String here() {
        return "[127.0.0.1]:" + server.port() + " ";
    }

    private String foreignKey() throws Exception {
        Path foreign = directory.resolve("foreign");
        LoopbackSshd.generateKey(foreign, "-t", "ed25519");
        return Files.readString(Path.of(foreign + ".pub"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "192.0.2.1 ssh-ed25519 AAAA\n"})
    void unknownHostIsRefusedBeforeLogin(String text) throws Exception {
        int logins = count(server.log(), "userauth-request");
        Target target = trusting(server, HostKeyPolicy.STRICT, knownHosts(text));
        var refused = assertThrows(HostKeyUnknown.class, () -> tunnels.connect(target));
        String printed =
                LoopbackSshd.run(
                        List.of("ssh-keygen", "-lf", server.directory() + "/host_ed25519.pub"));
        assertTrue(printed.contains(refused.fingerprint()), refused.fingerprint());
        String[] words = hostKey().split(" ", -1);
        assertEquals(here() + words[0] + " " + words[1], refused.knownHostsLine());
        assertEquals(logins, count(server.log(), "userauth-request"));
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void newKeyIsWrittenUnderAHashedNameWhereThatIsWanted() throws Exception {
        Path file = knownHosts("");
        Target target = trusting(server, HostKeyPolicy.ACCEPT_NEW, HostKeyTrust.Names.HASHED, file);
        tunnels.connect(target).close();
        String written = Files.readString(file);
        assertTrue(written.startsWith("|1|"), written);
        assertFalse(written.contains("127.0.0.1"), written);
        // The client finds it, and so do we.
        String found =
                LoopbackSshd.run(
                        List.of("ssh-keygen", "-F", here().strip(), "-f", file.toString()));
        assertTrue(found.contains(hostKey().split(" ", -1)[1]), found);
        try (SshjTunnels others = new SshjTunnels()) {
            others.connect(trusting(server, HostKeyPolicy.STRICT, file)).close();
        }
        assertEquals(written, Files.readString(file));
    }

    @Test
    void missingFileListsNobody() {
        Path missing = directory.resolve("none/known_hosts");
        Target target = trusting(server, HostKeyPolicy.STRICT, missing);
        assertThrows(HostKeyUnknown.class, () -> tunnels.connect(target));
        assertFalse(Files.exists(missing));
    }

    @Test
    void changedKeyIsRefusedUnderEveryPolicyWithFileAndLine() throws Exception {
        Path file = knownHosts("# mine\n" + here() + foreignKey());
        for (HostKeyPolicy policy : HostKeyPolicy.values()) {
            var refused =
                    assertThrows(
                            HostKeyChanged.class,
                            () -> tunnels.connect(trusting(server, policy, file)));
            assertEquals(file, refused.file());
            assertEquals(2, refused.line());
        }
    }

    @Test
    void revokedKeyIsRefusedEvenWhereAnotherFileKnowsIt() throws Exception {
        Path file = knownHosts("@revoked * " + hostKey());
        for (HostKeyPolicy policy : HostKeyPolicy.values()) {
            Target target = trusting(server, policy, server.knownHosts(), file);
            var refused = assertThrows(HostKeyChanged.class, () -> tunnels.connect(target));
            assertTrue(String.valueOf(refused.getMessage()).contains("revoked"));
            assertEquals(1, refused.line());
        }
    }

    @Test
    void authorityOfHostCertificatesIsNoHostKey() throws Exception {
        Path file = knownHosts("@cert-authority * " + hostKey());
        Target target = trusting(server, HostKeyPolicy.STRICT, file);
        assertThrows(HostKeyUnknown.class, () -> tunnels.connect(target));
    }

    @Test
    void hashedFileIsUnderstood() throws Exception {
        Path file = knownHosts(here() + hostKey());
        LoopbackSshd.run(List.of("ssh-keygen", "-q", "-H", "-f", file.toString()));
        assertTrue(Files.readString(file).startsWith("|1|"));
        try (Tunnel tunnel = tunnels.connect(trusting(server, HostKeyPolicy.STRICT, file))) {
            assertEquals("loopback", tunnel.target().name());
        }
    }

    @Test
    void newKeyIsAppendedAndHoldsFromThenOn() throws Exception {
        Path file = directory.resolve("fresh/ssh/known_hosts");
        tunnels.connect(trusting(server, HostKeyPolicy.ACCEPT_NEW, file)).close();
        String[] words = hostKey().split(" ", -1);
        assertEquals(here() + words[0] + " " + words[1] + "\n", Files.readString(file));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        try (var others = new SshjTunnels()) {
            others.connect(trusting(server, HostKeyPolicy.STRICT, file)).close();
        }
        assertTrue(
                LoopbackSshd.run(
                                List.of(
                                        "ssh-keygen",
                                        "-F",
                                        "[127.0.0.1]:" + server.port(),
                                        "-f",
                                        file.toString()))
                        .contains("found: line 1"));
    }

    @Test
    void lineWithoutItsEndIsNotSpoilt() throws Exception {
        Path file = knownHosts("192.0.2.1 ssh-ed25519 AAAA");
        tunnels.connect(trusting(server, HostKeyPolicy.ACCEPT_NEW, file)).close();
        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertEquals("192.0.2.1 ssh-ed25519 AAAA", lines.getFirst());
    }

    @Test
    void manyAtOnceAppendOneLine() throws Exception {
        Path file = knownHosts("");
        List<Callable<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            runs.add(
                    () -> {
                        try (var run = new SshjTunnels()) {
                            run.connect(trusting(server, HostKeyPolicy.ACCEPT_NEW, file)).close();
                        }
                        return true;
                    });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> run : threads.invokeAll(runs)) {
                assertTrue(run.get());
            }
        }
        assertEquals(1, Files.readAllLines(file).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa", "ed25519"})
    void hostWithSeveralKeysShowsTheOneWeKnow(String type) throws Exception {
        List<String> config = new ArrayList<>();
        for (String each : List.of("ed25519", "ecdsa", "rsa")) {
            Path key = directory.resolve("host_" + each);
            LoopbackSshd.generateKey(key, "-t", each);
            config.add("HostKey " + key);
        }
        try (var several = LoopbackSshd.start(config.toArray(String[]::new))) {
            String line = Files.readString(directory.resolve("host_" + type + ".pub"));
            Path file = knownHosts("[127.0.0.1]:" + several.port() + " " + line);
            tunnels.connect(trusting(several, HostKeyPolicy.STRICT, file)).close();
        }
    }

    @Test
    void fileThatCannotBeWrittenIsNoReasonToTrust() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "").resolve("known_hosts");
        Target target = trusting(server, HostKeyPolicy.ACCEPT_NEW, file);
        var refused = assertThrows(TunnelException.class, () -> tunnels.connect(target));
        assertTrue(refused instanceof HostKeyUnknown, refused.toString());
    }

    private String asked(ScriptedPerson person, Path file) {
        try (var asking = new SshjTunnels(person)) {
            Target target = trusting(server, HostKeyPolicy.ASK, file);
            var refused = assertThrows(HostKeyUnknown.class, () -> asking.connect(target));
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void personWhoSaysYesIsAskedOnceForAllAndRemembered() throws Exception {
        Path file = knownHosts("");
        ScriptedPerson person = ScriptedPerson.answering("maybe", "yes");
        try (var asking = new SshjTunnels(person);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> login =
                    () -> {
                        asking.connect(trusting(server, HostKeyPolicy.ASK, file)).close();
                        return true;
                    };
            for (Future<Boolean> done : threads.invokeAll(List.of(login, login, login))) {
                assertTrue(done.get());
            }
        }
        assertEquals(2, person.questions().size());
        String question = person.questions().getFirst().text();
        assertTrue(question.contains("key fingerprint is SHA256:"), question);
        assertEquals(1, Files.readAllLines(file).size());
        tunnels.connect(trusting(server, HostKeyPolicy.STRICT, file)).close();
    }

    @Test
    void fingerprintTypedIsAsGoodAsYes() throws Exception {
        Path file = knownHosts("");
        Target strict = trusting(server, HostKeyPolicy.STRICT, file);
        String fingerprint =
                assertThrows(HostKeyUnknown.class, () -> tunnels.connect(strict)).fingerprint();
        try (var asking = new SshjTunnels(ScriptedPerson.answering(fingerprint))) {
            asking.connect(trusting(server, HostKeyPolicy.ASK, file)).close();
        }
    }

    @Test
    void personWhoSaysAnythingElseTrustsNobody() throws Exception {
        Path file = knownHosts("");
        assertTrue(asked(ScriptedPerson.answering("no"), file).contains("it was declined"));
        String wrong = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assertTrue(
                asked(ScriptedPerson.answering(wrong, wrong, wrong), file)
                        .contains("neither yes nor its fingerprint"));
        assertTrue(asked(ScriptedPerson.answering(), file).contains("nobody answered"));
        var nobody =
                assertThrows(
                        HostKeyUnknown.class,
                        () -> tunnels.connect(trusting(server, HostKeyPolicy.ASK, file)));
        assertTrue(String.valueOf(nobody.getMessage()).contains("nobody can be asked"));
        assertEquals("", Files.readString(file));
    }
}
