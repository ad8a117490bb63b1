package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Keyboard-interactive login (RFC 4256): the host asks, and the password at hand or a person
 * answers. What the host says is bounded here and made harmless where it is shown.
 */
final class Conversation extends AbstractAuthMethod {
    private static final int MOST_PROMPTS = 16;
    private static final int MOST_ROUNDS = 16;
    private static final int LONGEST = 1024;

    private final Target target;
    private final KeyRing ring;
    private final Countdown countdown;

    /** Answers a single hidden prompt, once. */
    private Optional<Credential.Password> password;

    private int rounds;
    private volatile boolean asked;
    private volatile Optional<String> trouble = Optional.empty();

    Conversation(
            Target target,
            Optional<Credential.Password> password,
            KeyRing ring,
            Countdown countdown) {
        super("keyboard-interactive");
        this.target = target;
        this.password = password;
        this.ring = ring;
        this.countdown = countdown;
    }

    /** Whether the host asked anything at all. */
    boolean wasAsked() {
        return asked;
    }

    /** Why it was broken off, if it was. */
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return super.buildReq().putString("").putString("");
    }

    private record Prompt(String text, Person.Echo echo) {}

    @Override
    public void handle(Message message, SSHPacket packet)
            throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            throw new UserAuthException("unexpected " + message);
        }
        List<char[]> answers = new ArrayList<>();
        try {
            String heading = cut(packet.readString()) + "\n" + cut(packet.readString());
            packet.readString();
            List<Prompt> prompts = prompts(packet);
            asked |= !prompts.isEmpty();
            for (Prompt prompt : prompts) {
                answers.add(answer(heading, prompt, prompts.size()));
            }
            var reply = new SSHPacket(Message.USERAUTH_INFO_RESPONSE).putUInt32(answers.size());
            answers.forEach(reply::putSensitiveString);
            params.getTransport().write(reply);
        } catch (Buffer.BufferException e) {
            throw brokenOff("what it asks is malformed");
        } finally {
            answers.forEach(each -> Arrays.fill(each, '\0'));
        }
    }

    private List<Prompt> prompts(SSHPacket packet)
            throws Buffer.BufferException, UserAuthException {
        long count = packet.readUInt32();
        if (count > MOST_PROMPTS || ++rounds > MOST_ROUNDS) {
            throw brokenOff("it asks too much");
        }
        List<Prompt> prompts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            String text = cut(packet.readString());
            Person.Echo echo = packet.readBoolean() ? Person.Echo.SHOWN : Person.Echo.HIDDEN;
            prompts.add(new Prompt(text, echo));
        }
        return prompts;
    }

    private char[] answer(String heading, Prompt prompt, int prompts) throws UserAuthException {
        if (password.isPresent() && prompts == 1 && prompt.echo() == Person.Echo.HIDDEN) {
            Credential.Password given = password.get();
            password = Optional.empty();
            return countdown.pausedFor(() -> ring.ask(given.secret()));
        }
        Optional<String> absence = ring.absence(target);
        if (absence.isPresent()) {
            throw brokenOff("it asks \"" + prompt.text().strip() + "\", and " + absence.get());
        }
        var question =
                new Person.Question(
                        target.name(), (heading + "\n" + prompt.text()).strip(), prompt.echo());
        return countdown
                .pausedFor(() -> ring.ask(() -> ring.person().ask(question)))
                .orElseThrow(() -> brokenOff("no answer was given"));
    }

    private UserAuthException brokenOff(String why) {
        trouble = Optional.of(why);
        return new UserAuthException(why);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
