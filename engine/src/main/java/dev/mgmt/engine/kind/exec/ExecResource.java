package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** How a command is started. */
    public sealed interface Command {
        /** The argument vector to start it with; never empty. */
        List<String> argv();

        /** A program and its arguments; no shell is involved. */
        record Words(List<String> argv) implements Command {
            public Words {
                argv = List.copyOf(argv);
                if (argv.isEmpty()) {
                    throw new IllegalArgumentException("a command needs at least one word");
                }
            }
        }

        /** One line for a shell: {@code <shell> -c <line>}. */
        record ShellLine(String shell, String line) implements Command {
            @Override
            public List<String> argv() {
                return List.of(shell, "-c", line);
            }
        }
    }
}
