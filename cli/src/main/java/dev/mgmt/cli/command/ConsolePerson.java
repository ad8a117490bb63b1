package dev.mgmt.cli.command;

import dev.mgmt.cli.view.Printable;
import dev.mgmt.tunnel.identity.Person;
import java.io.Console;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whoever sits at the terminal. What is asked may come from a host, so nothing of it reaches the
 * terminal but what can be seen; and it always says whose question it is.
 */
final class ConsolePerson implements Person {
    /** Lets a question have the terminal. */
    interface Aside {
        Optional<char[]> ask(Supplier<Optional<char[]>> question);
    }

    private final Aside aside;

    ConsolePerson(Aside aside) {
        this.aside = aside;
    }

    @Override
    public Optional<String> absence() {
        return console().isPresent()
                ? Optional.empty()
                : Optional.of("there is no console to ask at");
    }

    @Override
    public Optional<char[]> ask(Question question) {
        return console().flatMap(console -> aside.ask(() -> typed(console, question)));
    }

    private static Optional<char[]> typed(Console console, Question question) {
        List<String> lines = lines(question);
        lines.subList(0, lines.size() - 1).forEach(line -> console.printf("%s%n", line));
        String last = lines.getLast() + " ";
        return switch (question.echo()) {
            case HIDDEN -> Optional.ofNullable(console.readPassword("%s", last));
            case SHOWN ->
                    Optional.ofNullable(console.readLine("%s", last)).map(String::toCharArray);
        };
    }

    /** At least one. */
    static List<String> lines(Question question) {
        String host = Printable.line(question.host()) + ":";
        List<String> lines =
                question.text()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> host + " " + Printable.line(line.stripTrailing()))
                        .toList();
        return lines.isEmpty() ? List.of(host) : lines;
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
