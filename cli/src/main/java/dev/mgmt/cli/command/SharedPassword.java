package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;
import java.io.Console;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The password that {@code --ask-password} asks for once, before any host is touched. */
final class SharedPassword implements AutoCloseable {
    static final String OPTION = "--ask-password";

    private final char[] secret;

    private SharedPassword(char[] secret) {
        this.secret = secret;
    }

    /** No console, or nothing typed: the run does not begin. */
    static SharedPassword ask() throws CannotRun {
        Console console =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "there is no console to ask at",
                                                "run it at a terminal, or let hosts accept keys"));
        char[] typed = console.readPassword("Password for all hosts: ");
        if (typed == null || typed.length == 0) {
            throw refused("nothing was typed", "leave --ask-password out if no host needs one");
        }
        return new SharedPassword(typed);
    }

    private static CannotRun refused(String why, String next) {
        return new CannotRun(new Problem(OPTION + " cannot ask for it", why, next), ExitCode.USAGE);
    }

    /** A copy each time, wiped by whoever uses it. */
    Supplier<char[]> copies() {
        return secret::clone;
    }

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }
}
