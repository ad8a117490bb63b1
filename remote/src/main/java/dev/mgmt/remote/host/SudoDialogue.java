package dev.mgmt.remote.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Answers sudo's question, once: whoever is asked again has given a wrong answer, and more of them
 * may lock an account. The password goes to sudo's standard input and nowhere else.
 */
final class SudoDialogue {
    private static final int LONGEST_UTF8 = 3;
    private final Rights.Sudo rights;
    private final String question;
    private final OutputStream stdin;
    private volatile State state = State.SILENT;

    private enum State {
        /** It has asked nothing. */
        SILENT,
        ANSWERED,
        NO_ANSWER,
        WRONG_ANSWER
    }

    SudoDialogue(Rights.Sudo rights, String question, OutputStream stdin) {
        this.rights = rights;
        this.question = question;
        this.stdin = stdin;
    }

    boolean isQuestion(String line) {
        return line.contains(question);
    }

    /** Whether it is known what sudo lacks. */
    boolean hasFailed() {
        return state == State.NO_ANSWER || state == State.WRONG_ANSWER;
    }

    /** False if sudo had better be ended. May wait for a human. */
    boolean answer() throws IOException {
        if (state != State.SILENT) {
            state = State.WRONG_ANSWER;
            return false;
        }
        char[] password = rights.password().map(Supplier::get).orElse(new char[0]);
        if (password.length == 0) {
            state = State.NO_ANSWER;
            return false;
        }
        state = State.ANSWERED;
        send(password);
        return true;
    }

    private void send(char[] password) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(password.length * LONGEST_UTF8 + 1);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), line, true);
        line.put((byte) '\n');
        try {
            stdin.write(line.array(), 0, line.position());
            stdin.flush();
        } finally {
            Arrays.fill(password, ' ');
            Arrays.fill(line.array(), (byte) 0);
        }
    }

    /**
     * Why sudo did not run what it was to run.
     *
     * @param said its words, in the C locale
     * @param how the command ended
     */
    HostException.PrivilegeRefused refusal(String said, String how) {
        String what = "sudo there does not make us " + rights.user();
        return switch (state) {
            case NO_ANSWER ->
                    refused(
                            what,
                            "it asks for a password, and none was given",
                            "Give --ask-become-password, or let sudo do without one there"
                                    + " (NOPASSWD in sudoers).");
            case WRONG_ANSWER ->
                    refused(
                            what,
                            "the password was not accepted",
                            "It is the login user's own password that sudo asks for: run it again"
                                    + " and try another one.");
            case SILENT, ANSWERED -> explained(what, said, how);
        };
    }

    private static HostException.PrivilegeRefused refused(String what, String why, String advice) {
        return new HostException.PrivilegeRefused(what, why, advice);
    }

    private HostException.PrivilegeRefused explained(String what, String said, String how) {
        if (said.contains("must have a tty")) {
            return refused(
                    what,
                    "it insists on a terminal (requiretty in its sudoers)",
                    "Have  Defaults !requiretty  in the host's sudoers (visudo), for this user at"
                            + " least.");
        }
        if (said.contains("not in the sudoers") || said.contains("may not run sudo")) {
            return refused(
                    what,
                    "the login's user may not use it",
                    "Let this user use sudo there (visudo), or log in as another one.");
        }
        if (said.contains("not allowed to execute")) {
            return refused(
                    what,
                    "the login's user may not run sh as " + rights.user(),
                    "Let this user run every command as " + rights.user() + " there (visudo).");
        }
        if (said.contains("unknown user")) {
            return refused(
                    what, "there is no such user", "Mend become_user, or make the user first.");
        }
        if (said.contains("not found") || how.contains("status 127")) {
            return refused(
                    what,
                    "there is no sudo there",
                    "Install sudo there, or log in as the user who is to run everything.");
        }
        return refused(
                what,
                said.isEmpty() ? how : how + "; it said: " + said,
                "Try by hand: log in there and run  sudo -u " + rights.user() + " true");
    }
}
