package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.kind.exec.ExecResource.Command;
import dev.mgmt.engine.kind.exec.ShellWords.Split;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ExecKind implements Kind {
    /** Keeps every deadline computed from it far from overflow. */
    private static final long LONGEST_TIMEOUT_SECONDS = Duration.ofDays(36500).toSeconds();

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public List<String> fields() {
        return List.of(
                "cmd",
                "shell",
                "args",
                "cwd",
                "env",
                "timeout",
                "watchcmd",
                "watchshell",
                "ifcmd",
                "ifshell",
                "nifcmd",
                "creates",
                "donecmd",
                "user",
                "group");
    }

    @Override
    public List<String> legacyFields() {
        return List.of("pollint", "state");
    }

    @Override
    public List<String> receivable() {
        return List.of("cmd", "cwd", "watchcmd", "ifcmd", "nifcmd", "donecmd", "creates");
    }

    @Override
    public List<String> outputs() {
        return List.of("output", "stdout", "stderr");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<Command> command = command(fields);
        Optional<Path> directory = absolutePath(fields, "cwd");
        Map<String, String> environment = environment(fields);
        Duration timeout = timeout(fields);
        Optional<Command> watch = optionalCommand(fields, "watchcmd", "watchshell");
        Optional<Command> onlyIf = optionalCommand(fields, "ifcmd", "ifshell");
        Optional<Command> unless = wordsOf(fields, "nifcmd");
        Optional<Path> creates = absolutePath(fields, "creates");
        Optional<Command> done = wordsOf(fields, "donecmd");
        Optional<String> user = fields.filled("user");
        Optional<String> group = fields.filled("group");
        return command.map(
                parsed ->
                        new ExecResource(
                                fields.id(),
                                fields.meta(),
                                parsed,
                                directory,
                                environment,
                                timeout,
                                watch,
                                onlyIf,
                                unless,
                                creates,
                                done,
                                user,
                                group));
    }

    private static Optional<Command> command(Fields fields) {
        String line = fields.text("cmd").orElse(fields.id().name());
        List<String> arguments = fields.texts("args");
        arguments.forEach(argument -> hasNul(fields, "args", argument));
        Optional<String> shell = fields.filled("shell");
        if (shell.isPresent() && !arguments.isEmpty()) {
            fields.problem(
                    "args",
                    "`args` and `shell` cannot be used together",
                    "put the arguments into `cmd`, or leave out `shell`");
            return Optional.empty();
        }
        return parse(fields, "cmd", line, shell).map(parsed -> withArguments(parsed, arguments));
    }

    private static Command withArguments(Command command, List<String> arguments) {
        if (arguments.isEmpty()) {
            return command;
        }
        List<String> argv = new ArrayList<>(command.argv());
        argv.addAll(arguments);
        return new Command.Words(argv);
    }

    private static Optional<Command> optionalCommand(
            Fields fields, String field, String shellField) {
        Optional<String> shell = fields.filled(shellField);
        Optional<String> line = fields.filled(field);
        if (shell.isPresent() && line.isEmpty()) {
            fields.problem(
                    shellField, "`" + shellField + "` is set, but `" + field + "` is not", "");
        }
        return line.flatMap(text -> parse(fields, field, text, shell));
    }

    private static Optional<Command> wordsOf(Fields fields, String field) {
        return fields.filled(field).flatMap(line -> parse(fields, field, line, Optional.empty()));
    }

    private static Optional<Command> parse(
            Fields fields, String field, String line, Optional<String> shell) {
        if (line.isBlank()) {
            fields.problem(field, "`" + field + "` is empty", "write the command to run");
            return Optional.empty();
        }
        if (hasNul(fields, field, line)) {
            return Optional.empty();
        }
        if (shell.isPresent()) {
            return Optional.of(new Command.ShellLine(shell.get(), line));
        }
        return switch (ShellWords.split(line)) {
            case Split.Words(List<String> words) -> Optional.of(new Command.Words(words));
            case Split.Unfinished(String why) -> {
                fields.problem(
                        field,
                        "`" + field + "` cannot be split into words: " + why,
                        "close the quote, or set `shell` to have a shell read it");
                yield Optional.empty();
            }
        };
    }

    /** The operating system ends every text it is given at the first NUL. */
    private static boolean hasNul(Fields fields, String field, String text) {
        boolean nul = text.indexOf('\0') >= 0;
        if (nul) {
            fields.problem(field, "`" + field + "` contains a NUL character", "remove it");
        }
        return nul;
    }

    private static Optional<Path> absolutePath(Fields fields, String field) {
        return fields.filled(field).flatMap(text -> Paths.absolute(fields, field, text));
    }

    private static Map<String, String> environment(Fields fields) {
        Map<String, String> environment = fields.textByName("env");
        environment.values().forEach(value -> hasNul(fields, "env", value));
        for (String name : environment.keySet()) {
            hasNul(fields, "env", name);
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                fields.problem(
                        "env",
                        "`" + name + "` cannot be the name of an environment variable",
                        "a name is not empty and has no `=`");
            }
        }
        return environment;
    }

    private static Duration timeout(Fields fields) {
        long seconds = fields.integer("timeout").orElse(0);
        if (seconds < 0 || seconds > LONGEST_TIMEOUT_SECONDS) {
            fields.problem(
                    "timeout",
                    "`timeout` must be between 0 and " + LONGEST_TIMEOUT_SECONDS + " seconds",
                    "0 means no timeout");
            return Duration.ZERO;
        }
        return Duration.ofSeconds(seconds);
    }
}
