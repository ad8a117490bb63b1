package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A command that is run.
 *
 * @param command what to run, its {@code args} included
 * @param directory where all commands of this resource run; absent: the agent's own
 * @param environment variables set or replaced beside the agent's own, sorted by name
 * @param timeout zero: none
 * @param watch a long-running command; each line it prints is an event
 * @param onlyIf runs first; if it fails there is nothing to do
 * @param unless runs first; if it succeeds there is nothing to do
 * @param creates if this path exists there is nothing to do; absolute
 * @param done runs after the command has succeeded
 * @param user name or number of the user to run as
 * @param group name or number of the group to run as; the user's login groups are kept
 */
public record ExecResource(
        ResourceId id,
        Meta meta,
        Command command,
        Optional<Path> directory,
        Map<String, String> environment,
        Duration timeout,
        Optional<Command> watch,
        Optional<Command> onlyIf,
        Optional<Command> unless,
        Optional<Path> creates,
        Optional<Command> done,
        Optional<String> user,
        Optional<String> group)
        implements Resource {
    public ExecResource {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(id + ": negative timeout " + timeout);
        }
    }

    /**
     * All that decides what is done and when, but not how failures are met ({@link #meta}); the
     * same for resources that do the same, different for others.
     */
    String deed() {
        List<String> parts = new ArrayList<>(List.of(id.toString(), timeout.toString()));
        add(parts, environment.keySet());
        add(parts, environment.values());
        add(parts, command.argv());
        for (Optional<Command> each : List.of(watch, onlyIf, unless, done)) {
            add(parts, each.map(Command::argv).orElse(List.of()));
        }
        for (Optional<Path> each : List.of(directory, creates)) {
            add(parts, each.map(Path::toString).stream().toList());
        }
        for (Optional<String> each : List.of(user, group)) {
            add(parts, each.stream().toList());
        }
        // What a command is given cannot contain it.
        return String.join("\0", parts);
    }

    private static void add(List<String> parts, Collection<String> texts) {
        parts.add(Integer.toString(texts.size()));
        parts.addAll(texts);
    }

    /** Whatever ships the programs that its commands start with. */
    @Override
    public List<Need> needs() {
        List<Path> programs = new ArrayList<>(1);
        Stream.of(Optional.of(command), watch, onlyIf, unless, done)
                .flatMap(Optional::stream)
                .flatMap(each -> each.firstWords().stream())
                .filter(word -> word.startsWith("/"))
                .forEach(word -> programs.add(Path.of(word).normalize()));
        return programs.isEmpty() ? List.of() : List.of(new Need.Shipped(programs));
    }

    /** How a command is started. */
    public sealed interface Command {
        /** The argument vector to start it with; never empty. */
        List<String> argv();

        /** The names of the programs that it surely starts. */
        List<String> firstWords();

        /** A program and its arguments; no shell is involved. */
        record Words(List<String> argv) implements Command {
            public Words {
                argv = List.copyOf(argv);
                if (argv.isEmpty()) {
                    throw new IllegalArgumentException("a command needs at least one word");
                }
            }

            @Override
            public List<String> firstWords() {
                return List.of(argv.getFirst());
            }
        }

        /** One line for a shell: {@code <shell> -c <line>}. */
        record ShellLine(String shell, String line) implements Command {
            @Override
            public List<String> argv() {
                return List.of(shell, "-c", line);
            }

            /**
             * The shell itself and, as far as a line shows it without being run, its first word.
             */
            @Override
            public List<String> firstWords() {
                return ShellWords.split(line) instanceof ShellWords.Split.Words(List<String> words)
                                && !words.isEmpty()
                        ? List.of(shell, words.getFirst())
                        : List.of(shell);
            }
        }
    }
}
