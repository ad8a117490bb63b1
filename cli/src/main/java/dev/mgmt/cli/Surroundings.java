package dev.mgmt.cli;

import dev.mgmt.cli.view.Printable;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the program finds around itself; tests bring their own.
 *
 * @param out carries what was asked for
 * @param err carries the rest
 * @param medium what {@code out} leads to
 * @param clock time since the program started
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Medium medium,
        Supplier<Duration> clock) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    public enum Medium {
        /** A person watches. */
        TERMINAL,
        /** A file or another program. */
        STREAM
    }

    static Surroundings ofThisProcess() {
        long start = System.nanoTime();
        return new Surroundings(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                mediumOfStdout(),
                () -> Duration.ofNanos(System.nanoTime() - start));
    }

    /** Prints a problem where problems go. */
    public void tell(Problem problem) {
        problem.lines().forEach(this::remark);
    }

    /** One line of the result. */
    public void answer(String line) {
        out.println(Printable.line(line));
    }

    /** One line beside the result. */
    public void remark(String line) {
        err.println(Printable.line(line));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static Medium mediumOfStdout() {
        boolean watched =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                        && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        return watched ? Medium.TERMINAL : Medium.STREAM;
    }
}
