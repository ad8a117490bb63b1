package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.HostKey;
import dev.mgmt.tunnel.identity.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Puts an unknown host key to the person at the console. */
final class HostKeyQuestion {
    private static final int TIMES = 3;

    private final Target target;
    private final KeyRing ring;
    private final Countdown countdown;

    HostKeyQuestion(Target target, KeyRing ring, Countdown countdown) {
        this.target = target;
        this.ring = ring;
        this.countdown = countdown;
    }

    sealed interface Answer {
        record Yes() implements Answer {}

        /**
         * @param why continues a sentence
         */
        record No(String why) implements Answer {}
    }

    /** What is known of the key, which may change while others are asked. */
    interface Memory {
        boolean isKnown() throws IOException;

        /** Before anybody else is asked, who may be about to ask about the same key. */
        void remember() throws IOException;
    }

    Answer ask(HostKey key, Memory memory) throws IOException {
        try {
            return countdown.pausedFor(() -> ring.ask(() -> settled(key, memory)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Answer settled(HostKey key, Memory memory) {
        try {
            if (memory.isKnown()) {
                return new Answer.Yes();
            }
            Answer answer = asked(key);
            if (answer instanceof Answer.Yes) {
                memory.remember();
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer asked(HostKey key) {
        Optional<String> absence = ring.absence(target);
        if (absence.isPresent()) {
            return new Answer.No(absence.get());
        }
        String text =
                """
                The authenticity of host '%s' (%s) can't be established.
                %s key fingerprint is %s.
                Are you sure you want to continue connecting (yes/no/[fingerprint])? \
                """
                        .formatted(
                                target.name(),
                                Wire.text(target.address(), target.port()),
                                key.type(),
                                key.fingerprint());
        for (int i = 0; i < TIMES; i++) {
            var question = new Person.Question(target.name(), text, Person.Echo.SHOWN);
            Optional<char[]> typed = ring.person().ask(question);
            if (typed.isEmpty()) {
                return new Answer.No("nobody answered the question about it");
            }
            String answer = new String(typed.get()).strip();
            Arrays.fill(typed.get(), '\0');
            if (answer.equals(key.fingerprint()) || answer.toLowerCase(Locale.ROOT).equals("yes")) {
                return new Answer.Yes();
            }
            if (answer.toLowerCase(Locale.ROOT).equals("no")) {
                return new Answer.No("it was declined");
            }
            text = "Please type 'yes', 'no' or the fingerprint: ";
        }
        return new Answer.No("neither yes nor its fingerprint was typed");
    }
}
