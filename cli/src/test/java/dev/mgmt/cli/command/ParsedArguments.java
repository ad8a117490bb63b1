package dev.mgmt.cli.command;

import java.util.Map;
import picocli.CommandLine;

/** Command lines as the program parses them. */
final class ParsedArguments {
    private ParsedArguments() {}

    static Arguments of(Command command, Map<String, String> environment, String... args) {
        CommandLine line =
                new CommandLine(command.spec())
                        .setDefaultValueProvider(Arguments.defaults(environment));
        return new Arguments(line.parseArgs(args), environment);
    }
}
