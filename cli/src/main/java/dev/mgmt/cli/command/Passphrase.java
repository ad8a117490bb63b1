package dev.mgmt.cli.command;

import dev.mgmt.cli.view.Printable;
import java.io.Console;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Asks the person at the terminal, without showing what is typed. */
final class Passphrase {
    private Passphrase() {}

    /**
     * Empty when there is nobody to ask: the key is then refused like one whose phrase is wrong.
     */
    static char[] of(Path keyFile) {
        String question = "Passphrase for " + Printable.line(keyFile.toString()) + ": ";
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s", question))
                .map(typed -> Objects.requireNonNullElse(typed, new char[0]))
                .orElse(new char[0]);
    }
}
