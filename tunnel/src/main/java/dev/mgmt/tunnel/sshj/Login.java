package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.Credential;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthNone;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;

/**
 * Proves to one host who we are: the credentials in their order, each at most once, none that the
 * host has said it does not take. Keeps an account of it for the message.
 */
final class Login {
    private static final String KEY = "publickey";
    private static final String PASSWORD = "password";
    private static final String PROMPTS = "keyboard-interactive";

    /** The deadline is kept by whoever started us, by closing the connection. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Target target;
    private final UserAuth auth;
    private final Service next;
    private final KeyRing keys;
    private final Countdown countdown;
    private final List<String> account = new ArrayList<>();
    private boolean asked;

    Login(Target target, UserAuth auth, Service next, KeyRing keys, Countdown countdown) {
        this.target = target;
        this.auth = auth;
        this.next = next;
        this.keys = keys;
        this.countdown = countdown;
    }

    void run() throws LoginRefused, TransportException {
        for (Credential credential : target.credentials()) {
            if (tried(credential)) {
                return;
            }
        }
        if (!asked && attempt(new AuthNone())) {
            return;
        }
        throw refused(null);
    }

    private boolean tried(Credential credential) throws LoginRefused, TransportException {
        try {
            return switch (credential) {
                case Credential.KeyFile key -> withKey(key);
                case Credential.Password password -> withPassword(password);
            };
        } catch (TransportException e) {
            if (account.isEmpty() || e.getDisconnectReason().toInt() == 0) {
                throw e;
            }
            // The host hung up on purpose: too many attempts, most likely.
            throw refused(e);
        }
    }

    // --- keys ---------------------------------------------------------------------------------

    private boolean withKey(Credential.KeyFile credential) throws TransportException {
        String name = "key " + credential.file();
        if (!accepts(KEY)) {
            account.add(name + " was not tried");
            return false;
        }
        try {
            KeyRing.Key key = keys.key(credential.file());
            Optional<KeyText.PublicBlob> locked = key.lockedPublicKey();
            if (locked.isPresent() && !isWelcome(locked.get())) {
                account.add(name + " was not accepted");
                return false;
            }
            KeyPair pair = key.open(credential.passphrase(), countdown);
            boolean in = attempt(new KeyLogin(pair));
            account.add(name + (in ? " was accepted" : " was not accepted"));
            return in;
        } catch (UnusableKey e) {
            account.add(name + " " + e.why());
        } catch (SSHRuntimeException e) {
            account.add(name + " cannot sign: " + e.getMessage());
        }
        return false;
    }

    private boolean isWelcome(KeyText.PublicBlob key) throws TransportException {
        KeyQuestion question = new KeyQuestion(key);
        var _ = attempt(question);
        return question.isWelcome();
    }

    // --- passwords ----------------------------------------------------------------------------

    private boolean withPassword(Credential.Password credential) throws TransportException {
        if (!asked && attempt(new AuthNone())) {
            return true;
        }
        if (!accepts(PASSWORD) && !accepts(PROMPTS)) {
            account.add("the password was not tried");
            return false;
        }
        char[] secret = countdown.pausedFor(() -> keys.ask(credential.secret()));
        try {
            boolean in = attempt(accepts(PASSWORD) ? plain(secret) : prompted(secret));
            account.add("the password was " + (in ? "accepted" : "not accepted"));
            return in;
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static AuthMethod plain(char[] secret) {
        return new AuthPassword(PasswordUtils.createOneOff(secret));
    }

    private static AuthMethod prompted(char[] secret) {
        return new AuthKeyboardInteractive(
                new PasswordResponseProvider(PasswordUtils.createOneOff(secret)));
    }

    // --- either -------------------------------------------------------------------------------

    private boolean attempt(AuthMethod method) throws TransportException {
        asked = true;
        try {
            return auth.authenticate(target.user(), next, method, NO_LIMIT);
        } catch (UserAuthException e) {
            if (e.getCause() instanceof TransportException lost) {
                throw lost;
            }
            return false;
        }
    }

    /** Before the first answer, everything is worth trying. */
    private boolean accepts(String method) {
        Collection<String> methods = auth.getAllowedMethods();
        return methods.isEmpty() || methods.contains(method);
    }

    private LoginRefused refused(@Nullable TransportException hungUp) {
        List<String> sentences = new ArrayList<>();
        sentences.add(account.isEmpty() ? "there is no key or password to try" : joined(account));
        if (auth.hadPartialSuccess()) {
            sentences.add("the host wants more than one proof");
        }
        if (!auth.getAllowedMethods().isEmpty()) {
            sentences.add("the host accepts " + String.join(", ", auth.getAllowedMethods()));
        }
        if (hungUp != null) {
            sentences.add("it hung up: " + hungUp.getMessage());
        }
        return new LoginRefused(
                "%s: login as %s refused: %s"
                        .formatted(
                                Wire.text(target.address(), target.port()),
                                target.user(),
                                joined(sentences)),
                hungUp);
    }

    private static String joined(List<String> parts) {
        return String.join("; ", parts);
    }
}
