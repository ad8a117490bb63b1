package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteCommand;
import dev.mgmt.tunnel.identity.Credential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, and what is said to those who do not. */
@Timeout(60)
class LoginIT {
    private static LoopbackSshd server;
    private final Residue residue = new Residue();
    private final SshjTunnels tunnels = new SshjTunnels();
    @TempDir private Path directory = Path.of("");

    @BeforeAll
    static void startServer() {
        server = LoopbackSshd.start();
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

    private static char[] never() {
        throw new AssertionError("nobody should be asked");
    }

    private static Credential key(Path file) {
        return new Credential.KeyFile(file, LoginIT::never);
    }

    private static Credential key(Path file, String passphrase) {
        return new Credential.KeyFile(file, passphrase::toCharArray);
    }

    private void assertLogsIn(Target target) throws Exception {
        try (Tunnel tunnel = tunnels.connect(target);
                var process = tunnel.start(RemoteCommand.of("true"))) {
            assertEquals(new Ending.Exited(0), process.await(Duration.ofSeconds(10)));
        }
    }

    private String refusal(Target target) {
        var refused = assertThrows(LoginRefused.class, () -> tunnels.connect(target));
        return String.valueOf(refused.getMessage());
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-t ed25519",
        "-t ecdsa -b 256",
        "-t ecdsa -b 384",
        "-t ecdsa -b 521",
        "-t rsa -b 2048",
        "-t rsa -b 3072 -m PEM",
        "-t rsa -b 2048 -m PKCS8",
        "-t ecdsa -b 256 -m PEM",
        "-t ecdsa -b 384 -m PKCS8",
    })
    void keyOfEveryKindLogsIn(String options) throws Exception {
        Path file = directory.resolve("key");
        LoopbackSshd.generateKey(file, options.split(" ", -1));
        server.authorize(Path.of(file + ".pub"));
        assertLogsIn(server.target(List.of(key(file))));
        // Without the public half beside it, too.
        Files.delete(Path.of(file + ".pub"));
        try (var others = new SshjTunnels();
                var tunnel = others.connect(server.target(List.of(key(file))))) {
            assertEquals("loopback", tunnel.target().name());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-t ed25519",
        "-t ed25519 -Z aes256-gcm@openssh.com",
        "-t rsa -b 2048",
        "-t rsa -b 2048 -m PEM",
        "-t ecdsa -b 256 -m PEM",
        "-t rsa -b 2048 -m PKCS8",
        "-t ecdsa -b 521",
    })
    void encryptedKeyLogsInWithItsPassphrase(String options) throws Exception {
        Path file = directory.resolve("key");
        List<String> all = new ArrayList<>(Arrays.asList(options.split(" ", -1)));
        all.addAll(List.of("-N", "open sesame ü"));
        LoopbackSshd.generateKey(file, all.toArray(String[]::new));
        server.authorize(Path.of(file + ".pub"));
        assertLogsIn(server.target(List.of(key(file, "open sesame ü"))));
        try (var others = new SshjTunnels()) {
            Target wrong = server.target(List.of(key(file, "wrong")));
            var refused = assertThrows(LoginRefused.class, () -> others.connect(wrong));
            assertContains(
                    "key " + file + " does not open with this passphrase",
                    String.valueOf(refused.getMessage()));
        }
    }

    @Test
    void passphraseIsAskedOnceForAllHostsAndWiped() throws Exception {
        Path file = directory.resolve("key");
        LoopbackSshd.generateKey(file, "-t", "ed25519", "-N", "secret");
        server.authorize(Path.of(file + ".pub"));
        AtomicInteger asked = new AtomicInteger();
        char[] given = "secret".toCharArray();
        Supplier<char[]> human =
                () -> {
                    asked.incrementAndGet();
                    return given;
                };
        Target target = server.target(List.of(new Credential.KeyFile(file, human)));
        Callable<Boolean> login =
                () -> {
                    assertLogsIn(target);
                    return true;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> result : threads.invokeAll(List.of(login, login, login, login))) {
                assertTrue(result.get());
            }
        }
        assertEquals(1, asked.get());
        assertEquals(List.of('\0', '\0', '\0', '\0', '\0', '\0'), chars(given));
    }

    private static List<Character> chars(char[] secret) {
        return new String(secret).chars().mapToObj(c -> (char) c).toList();
    }

    @Test
    void humanMayTakeLongerThanTheTimeOut() throws Exception {
        Path file = directory.resolve("key");
        LoopbackSshd.generateKey(file, "-t", "ed25519", "-N", "secret");
        server.authorize(Path.of(file + ".pub"));
        Supplier<char[]> slow =
                () -> {
                    try {
                        Thread.sleep(7000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return "secret".toCharArray();
                };
        Target target = server.target(List.of(new Credential.KeyFile(file, slow)));
        assertLogsIn(target.within(Duration.ofSeconds(6), target.keepalive()));
    }

    @Test
    void passphraseOfAKeyThatTheHostDoesNotWantIsNotAsked() {
        Path file = directory.resolve("key");
        LoopbackSshd.generateKey(file, "-t", "ed25519", "-N", "secret");
        String message = refusal(server.target(List.of(key(file))));
        assertContains("key " + file + " was not accepted", message);
    }

    @Test
    void refusalSaysWhatWasTriedAndWhatTheHostAccepts() throws Exception {
        Path stranger = directory.resolve("stranger");
        LoopbackSshd.generateKey(stranger, "-t", "ed25519");
        Path half = directory.resolve("half");
        LoopbackSshd.generateKey(half, "-t", "ed25519");
        Files.delete(half);
        Path missing = directory.resolve("missing");
        Path garbage = Files.writeString(directory.resolve("garbage"), "no key");
        Path cut =
                Files.writeString(
                        directory.resolve("cut"), Files.readString(stranger).substring(0, 120));
        Path damaged =
                Files.writeString(
                        directory.resolve("damaged"),
                        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Credential password = new Credential.Password(LoginIT::never);
        String message =
                refusal(
                        server.target(
                                List.of(
                                        key(stranger),
                                        key(missing),
                                        key(garbage),
                                        key(cut),
                                        key(damaged),
                                        key(directory),
                                        key(Path.of(half + ".pub")),
                                        password)));
        assertContains("127.0.0.1:" + server.port() + ": login as " + server.user(), message);
        assertContains("key " + stranger + " was not accepted", message);
        assertContains("key " + missing + " does not exist", message);
        assertContains("key " + garbage + " is not a private key", message);
        assertContains("key " + cut + " is cut short", message);
        assertContains("key " + damaged + " is malformed", message);
        assertContains("key " + directory + " is not a file", message);
        assertContains("half.pub is not a private key", message);
        assertContains("the password was not tried", message);
        assertContains("the host accepts publickey", message);
        assertFalse(message.contains("Exception"), message);
    }

    @Test
    void secondKeyIsTriedWhenTheFirstIsRefused() throws Exception {
        Path stranger = directory.resolve("stranger");
        LoopbackSshd.generateKey(stranger, "-t", "rsa", "-b", "2048");
        assertLogsIn(server.target(List.of(key(stranger), key(server.clientKey()))));
    }

    @Test
    void everyKeyCostsOneAttempt() throws Exception {
        try (var patient = LoopbackSshd.start("MaxAuthTries 4")) {
            List<Credential> credentials = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Path stranger = directory.resolve("stranger" + i);
                LoopbackSshd.generateKey(stranger, "-t", "rsa", "-b", "2048");
                credentials.add(key(stranger));
            }
            credentials.add(key(patient.clientKey()));
            assertLogsIn(patient.target(credentials));
        }
    }

    @Test
    void hostThatHangsUpAfterTooManyKeysIsQuoted() {
        try (var strict = LoopbackSshd.start("MaxAuthTries 2")) {
            List<Credential> credentials = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path stranger = directory.resolve("stranger" + i);
                LoopbackSshd.generateKey(stranger, "-t", "ed25519");
                credentials.add(key(stranger));
            }
            assertContains("Too many authentication failures", refusal(strict.target(credentials)));
        }
    }

    @Test
    void noCredentialAtAllIsSaid() {
        String message = refusal(server.target(List.of()));
        assertContains("there is no key or password to try", message);
        assertContains("the host accepts publickey", message);
    }

    @Test
    void unknownUserIsRefusedLikeAnyOther() {
        Target target = server.target();
        Target nobody = target.as("no-such-user", target.credentials());
        assertContains("login as no-such-user refused", refusal(nobody));
    }

    @Test
    void wrongPasswordIsAskedOnceAndWiped() {
        try (var lenient = LoopbackSshd.start("PasswordAuthentication yes")) {
            char[] given = "wrong".toCharArray();
            Credential password = new Credential.Password(() -> given);
            String message = refusal(lenient.target(List.of(password)));
            assertContains("the password was not accepted", message);
            assertContains("the host accepts publickey, password", message);
            assertEquals(List.of('\0', '\0', '\0', '\0', '\0'), chars(given));
        }
    }
}
