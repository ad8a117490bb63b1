package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.PrivateAccounts;
import dev.mgmt.tunnel.ScriptedPerson;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that want a password, typed or at hand, by either way, alone or after a key. */
@Timeout(120)
class PasswordLoginIT {
    private static final String SECRET = "correct horse ü";
    private static final String ONCE = "auth required pam_unix.so";
    private static PrivateAccounts accounts;
    private final Residue residue = new Residue();

    @BeforeAll
    static void makeAccount() {
        accounts = PrivateAccounts.withPassword(SECRET, ONCE);
    }

    @AfterAll
    static void removeAccount() {
        accounts.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        residue.check();
    }

    private static Credential atHand() {
        return new Credential.Password(SECRET::toCharArray);
    }

    private static Target target(LoopbackSshd server, Credential... credentials) {
        return server.target().as(PrivateAccounts.USER, List.of(credentials));
    }

    private static void assertLogsIn(Person person, Target target) throws Exception {
        try (var tunnels = new SshjTunnels(person)) {
            tunnels.connect(target).close();
        }
    }

    private static String refusal(Person person, Target target) {
        try (var tunnels = new SshjTunnels(person)) {
            var refused = assertThrows(LoginRefused.class, () -> tunnels.connect(target));
            return String.valueOf(refused.getMessage());
        }
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    /** Both of sshd's ways of checking passwords itself, without PAM. */
    private static LoopbackSshd plain(String... config) {
        LoopbackSshd server =
                LoopbackSshd.startWith(
                        accounts,
                        with(
                                config,
                                "PasswordAuthentication yes",
                                "AuthorizedKeysFile " + accounts.authorizedKeys()));
        try {
            Path key = Path.of(server.clientKey() + ".pub");
            Files.copy(key, accounts.authorizedKeys(), StandardCopyOption.REPLACE_EXISTING);
            return server;
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException(e);
        }
    }

    private static Credential key(LoopbackSshd server) {
        return new Credential.KeyFile(server.clientKey(), () -> new char[0]);
    }

    /** PAM asks by keyboard-interactive. */
    private static LoopbackSshd asking(PrivateAccounts whose, String... config) {
        return LoopbackSshd.startWith(
                whose, with(config, "UsePAM yes", "KbdInteractiveAuthentication yes"));
    }

    private static String[] with(String[] config, String... more) {
        List<String> all = new ArrayList<>(List.of(config));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void passwordAtHandLogsIn() throws Exception {
        try (var server = plain()) {
            assertLogsIn(Person.NOBODY, target(server, atHand()));
        }
        try (var server = asking(accounts)) {
            assertLogsIn(Person.NOBODY, target(server, atHand()));
        }
    }

    @Test
    void passwordTypedLogsInAndIsForgotten() throws Exception {
        try (var server = plain()) {
            ScriptedPerson person = ScriptedPerson.answering(SECRET);
            assertLogsIn(person, target(server, new Credential.Asked()));
            assertTrue(person.isForgotten());
            assertEquals(
                    List.of(
                            new Person.Question(
                                    "loopback",
                                    PrivateAccounts.USER + "@127.0.0.1's password: ",
                                    Person.Echo.HIDDEN)),
                    person.questions());
        }
    }

    @Test
    void hostsOwnQuestionIsPutToThePerson() throws Exception {
        try (var server = asking(accounts)) {
            ScriptedPerson person = ScriptedPerson.answering("wrong", SECRET);
            assertLogsIn(person, target(server, new Credential.Asked()));
            assertTrue(person.isForgotten());
            assertEquals(2, person.questions().size());
            assertContains("Password:", person.questions().getFirst().text());
            assertEquals(Person.Echo.HIDDEN, person.questions().getFirst().echo());
        }
    }

    @Test
    void personIsAskedThreeTimesAtMost() {
        try (var server = plain()) {
            ScriptedPerson person = ScriptedPerson.answering("a", "b", "c", SECRET);
            String message = refusal(person, target(server, new Credential.Asked()));
            assertContains("the password typed was not accepted", message);
            assertEquals(3, person.questions().size());
            assertTrue(person.isForgotten());
        }
    }

    @Test
    void nobodyAtTheConsoleIsPartOfTheRefusal() {
        try (var server = plain()) {
            String message = refusal(Person.NOBODY, target(server, new Credential.Asked()));
            assertContains("no password was asked for: nobody can be asked", message);
        }
    }

    @Test
    void personIsNotAskedWhereAKeyIsEnough() throws Exception {
        try (var server = plain()) {
            ScriptedPerson person = ScriptedPerson.answering();
            assertLogsIn(person, target(server, key(server), new Credential.Asked()));
            assertEquals(List.of(), person.questions());
        }
    }

    @Test
    void manyHostsAskOneAtATime() throws Exception {
        try (var server = plain();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ScriptedPerson person = ScriptedPerson.answering(SECRET, SECRET, SECRET, SECRET);
            try (var tunnels = new SshjTunnels(person)) {
                Callable<Boolean> login =
                        () -> {
                            tunnels.connect(target(server, new Credential.Asked())).close();
                            return true;
                        };
                for (Future<Boolean> done :
                        threads.invokeAll(List.of(login, login, login, login))) {
                    assertTrue(done.get());
                }
            }
            assertEquals(4, person.questions().size());
        }
    }

    @Test
    void keyAndPasswordAreGivenWhereBothAreWanted() throws Exception {
        try (var server = plain("AuthenticationMethods publickey,password")) {
            Credential key = key(server);
            assertLogsIn(Person.NOBODY, target(server, key, atHand()));
            assertLogsIn(
                    ScriptedPerson.answering(SECRET), target(server, key, new Credential.Asked()));
            String message = refusal(Person.NOBODY, target(server, key));
            assertContains("was accepted, but is not enough", message);
            assertContains("the host wants more than one proof", message);
            assertContains("the host accepts password", message);
        }
    }

    /** After too many keys the host hangs up; the one it took is needed again. */
    @Test
    void typingGetsAConnectionWithTriesLeft() throws Exception {
        try (var server = plain("MaxAuthTries 6")) {
            List<Credential> credentials = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                var file = server.directory().resolve("stranger" + i);
                LoopbackSshd.generateKey(file, "-t", "ed25519");
                credentials.add(new Credential.KeyFile(file, () -> new char[0]));
            }
            credentials.add(new Credential.Asked());
            assertLogsIn(
                    ScriptedPerson.answering("a", "b", SECRET),
                    target(server, credentials.toArray(Credential[]::new)));
        }
    }

    /** The password at hand answers once; what else the host asks is for the person. */
    @Test
    void furtherQuestionIsPutToThePerson() throws Exception {
        try (var expired = PrivateAccounts.withExpiredPassword(SECRET, ONCE);
                var server = asking(expired)) {
            ScriptedPerson person = ScriptedPerson.answering();
            String message = refusal(person, target(server, atHand()));
            assertContains("no answer was given", message);
            assertEquals(1, person.questions().size());
            assertContains("assword", person.questions().getFirst().text());
            message = refusal(Person.NOBODY, target(server, atHand()));
            assertContains("it asks \"", message);
            assertContains("nobody can be asked", message);
        }
    }

    @Test
    void wrongPasswordAtHandLeavesThePersonToBeAsked() throws Exception {
        try (var server = plain()) {
            ScriptedPerson person = ScriptedPerson.answering(SECRET);
            Credential wrong = new Credential.Password("wrong"::toCharArray);
            assertLogsIn(person, target(server, wrong, new Credential.Asked()));
        }
    }
}
