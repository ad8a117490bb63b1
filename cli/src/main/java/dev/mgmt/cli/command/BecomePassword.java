package dev.mgmt.cli.command;

import java.io.Console;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What sudo is told on every host that asks: asked of the person at the terminal once, when the
 * first host wants it, and kept until the run is over. Safe for many threads, which wait for the
 * one that asks.
 */
final class BecomePassword implements Supplier<char[]>, AutoCloseable {
    private final Supplier<char[]> question;
    private char @Nullable [] known;

    /**
     * @param question asks; empty: there is nobody who answers
     */
    BecomePassword(Supplier<char[]> question) {
        this.question = question;
    }

    /** Shows nothing of what is typed. */
    static char[] ask() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s", "Password for sudo on the hosts: "))
                .map(typed -> Objects.requireNonNullElse(typed, new char[0]))
                .orElse(new char[0]);
    }

    /** A copy, the caller's to overwrite. */
    @Override
    public synchronized char[] get() {
        if (known == null) {
            known = question.get();
        }
        return known.clone();
    }

    @Override
    public synchronized void close() {
        if (known != null) {
            Arrays.fill(known, ' ');
        }
    }
}
