package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.LoginRules.Method;
import dev.mgmt.tunnel.identity.Person;
import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.sshj.LoginPlan.Proof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthNone;
import org.jspecify.annotations.Nullable;

/**
 * Proves to one host over one connection who we are: what the plan has left, in its order, none
 * that the host has said it does not take. Keeps an account of it for the message.
 */
final class Login {
    /** sshd's MaxAuthTries, unless somebody changed it: after so many failures it hangs up. */
    private static final int TRIES = 6;

    private static final int QUESTIONS = 3;

    /** The deadline is kept by whoever started us, by closing the connection. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    enum Result {
        IN,
        /** Not yet: there is more to try, on another connection. */
        AGAIN
    }

    private final Target target;
    private final Userauth auth;
    private final Service next;
    private final LoginPlan plan;
    private final KeyRing ring;
    private final Countdown countdown;
    private boolean asked;
    private boolean partial;
    private int failures;

    Login(
            Target target,
            Userauth auth,
            Service next,
            LoginPlan plan,
            KeyRing ring,
            Countdown countdown) {
        this.target = target;
        this.auth = auth;
        this.next = next;
        this.plan = plan;
        this.ring = ring;
        this.countdown = countdown;
    }

    Result run() throws LoginRefused, TransportException {
        plan.connected();
        while (plan.next().isPresent()) {
            Proof proof = plan.next().get();
            if (failures > TRIES - needed(proof) && plan.goesOn()) {
                return Result.AGAIN;
            }
            try {
                if (tried(proof)) {
                    return Result.IN;
                }
            } catch (TransportException e) {
                if (!asked || e.getDisconnectReason().toInt() == 0) {
                    throw e;
                }
                // The host hung up on purpose: too many attempts, most likely.
                plan.done(proof);
                plan.tell(proof.name() + " was not accepted");
                if (plan.goesOn()) {
                    return Result.AGAIN;
                }
                throw refused(e);
            }
            plan.done(proof);
            if (auth.wasTaken()) {
                partial = true;
                plan.taken(proof);
            }
        }
        if (!asked && attempt(new AuthNone())) {
            return Result.IN;
        }
        throw refused(null);
    }

    /** A person who is asked is not to be cut off at the first slip. */
    private static int needed(Proof proof) {
        return switch (proof) {
            case Proof.Key _, Proof.Password _ -> 1;
            case Proof.Asked _ -> QUESTIONS;
        };
    }

    private boolean tried(Proof proof) throws TransportException {
        return switch (proof) {
            case Proof.Key(KeyProof key) -> withKey(key);
            case Proof.Password(Credential.Password password) -> withPassword(password);
            case Proof.Asked _ -> withPerson();
        };
    }

    // --- keys ---------------------------------------------------------------------------------

    private boolean withKey(KeyProof key) throws TransportException {
        if (!accepts(Method.PUBLIC_KEY)) {
            plan.tell(key.name() + " was not tried");
            return false;
        }
        try {
            boolean dear = countdown.pausedFor(key::isDear);
            if (dear && key.shown().isPresent() && !isWelcome(key.shown().get())) {
                plan.tell(key.name() + " was not accepted");
                return false;
            }
            KeyLogin login = new KeyLogin(key, key.opened(countdown), countdown);
            boolean in = attempt(login);
            if (login.trouble().isPresent()) {
                throw login.trouble().get();
            }
            tell(key.name(), in);
            return in;
        } catch (UnusableKey e) {
            plan.tell(key.name() + " " + e.why());
            return false;
        }
    }

    private boolean isWelcome(PublicBlob key) throws TransportException {
        KeyQuestion question = new KeyQuestion(key);
        var _ = attempt(question);
        failures -= question.isWelcome() ? 1 : 0;
        return question.isWelcome();
    }

    // --- passwords ----------------------------------------------------------------------------

    private boolean withPassword(Credential.Password credential) throws TransportException {
        if (!asked && attempt(new AuthNone())) {
            return true;
        }
        if (accepts(Method.PASSWORD)) {
            return withSecret(
                    "the password", countdown.pausedFor(() -> ring.ask(credential.secret())));
        }
        if (accepts(Method.KEYBOARD_INTERACTIVE)) {
            Conversation conversation = conversation(Optional.of(credential));
            boolean in = attempt(conversation);
            tell("the password", in);
            conversation.trouble().ifPresent(plan::tell);
            return in;
        }
        plan.tell("the password was not tried");
        return false;
    }

    private boolean withSecret(String name, char[] secret) throws TransportException {
        try {
            PasswordLogin login = new PasswordLogin(secret);
            boolean in = attempt(login);
            if (login.isExpired()) {
                plan.tell(name + " has expired there: log in with ssh once and change it");
            } else {
                tell(name, in);
            }
            return in;
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private Conversation conversation(Optional<Credential.Password> password) {
        return new Conversation(target, password, ring, countdown);
    }

    // --- a person -----------------------------------------------------------------------------

    /** As ssh does it: the host's own questions if it has any, else for a password. */
    private boolean withPerson() throws TransportException {
        if (!asked && attempt(new AuthNone())) {
            return true;
        }
        boolean talks = true;
        for (int questions = 0; questions < QUESTIONS; questions++) {
            boolean conversing = talks && accepts(Method.KEYBOARD_INTERACTIVE);
            if (!conversing && !accepts(Method.PASSWORD)) {
                return false;
            }
            Optional<String> absence = ring.absence(target);
            if (absence.isPresent()) {
                plan.tell("no password was asked for: " + absence.get());
                return false;
            }
            if (!conversing) {
                Optional<char[]> typed = typed();
                if (typed.isEmpty()) {
                    plan.tell("no password was given");
                    return false;
                }
                if (withSecret("the password typed", typed.get())) {
                    return true;
                }
            } else {
                Conversation conversation = conversation(Optional.empty());
                if (attempt(conversation)) {
                    return true;
                }
                talks = conversation.wasAsked();
                questions -= talks ? 0 : 1;
                tell(conversation);
            }
            // More is wanted, after something that was right: that is no slip.
            questions = auth.wasTaken() ? -1 : questions;
        }
        return false;
    }

    private void tell(Conversation conversation) {
        if (conversation.trouble().isPresent()) {
            plan.tell(conversation.trouble().get());
        } else if (conversation.wasAsked()) {
            tell("the answer typed", false);
        }
    }

    private Optional<char[]> typed() {
        var question =
                new Person.Question(
                        target.name(),
                        target.user() + "@" + target.address() + "'s password: ",
                        Person.Echo.HIDDEN);
        return countdown.pausedFor(() -> ring.ask(() -> ring.person().ask(question)));
    }

    // --- all ----------------------------------------------------------------------------------

    private void tell(String name, boolean in) {
        String taken = auth.wasTaken() ? " was accepted, but is not enough" : " was not accepted";
        plan.tell(name + (in ? " was accepted" : taken));
    }

    private boolean attempt(AuthMethod method) throws TransportException {
        boolean counts = asked || !(method instanceof AuthNone);
        asked = true;
        try {
            boolean in = auth.authenticate(target.user(), next, method, NO_LIMIT);
            failures += in || !counts || auth.wasTaken() ? 0 : 1;
            return in;
        } catch (UserAuthException e) {
            if (e.getCause() instanceof TransportException lost) {
                throw lost;
            }
            failures++;
            return false;
        }
    }

    /** Before the first answer, everything that is allowed is worth trying. */
    private boolean accepts(Method method) {
        if (!target.login().methods().contains(method)) {
            return false;
        }
        Collection<String> methods = auth.getAllowedMethods();
        return methods.isEmpty()
                || methods.contains(
                        switch (method) {
                            case PUBLIC_KEY -> "publickey";
                            case PASSWORD -> "password";
                            case KEYBOARD_INTERACTIVE -> "keyboard-interactive";
                        });
    }

    private LoginRefused refused(@Nullable TransportException hungUp) {
        List<String> account = plan.account();
        List<String> sentences = new ArrayList<>();
        sentences.add(account.isEmpty() ? "there is no key or password to try" : joined(account));
        if (partial) {
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
