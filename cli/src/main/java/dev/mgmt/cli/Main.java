package dev.mgmt.cli;

import dev.mgmt.cli.command.Arguments;
import dev.mgmt.cli.command.Command;
import dev.mgmt.cli.command.ExplainCommand;
import dev.mgmt.cli.command.GraphCommand;
import dev.mgmt.cli.command.RemoteCommand;
import dev.mgmt.cli.command.RunCommand;
import dev.mgmt.cli.command.ValidateCommand;
import dev.mgmt.remote.agent.AgentMain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses, runs, exits. The only place where an exception that nobody expected is caught. */
public final class Main {
    /** What the launcher runs on a host. Not shown, and nothing of the command line is loaded. */
    private static final String AGENT = "agent";

    /** Not shown either. */
    private static final String SEVERAL = "several";

    /** What old scripts call commands. */
    private static final Map<String, String> FORMER = Map.of("r", "run");

    private static final int WIDTH = 100;

    private final Surroundings surroundings;

    /** In the order of the help text. Only the command that is asked for is ever made. */
    private final Map<String, Supplier<Command>> commands;

    public Main(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.commands = new LinkedHashMap<>();
        commands.put("remote", RemoteCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("validate", ValidateCommand::new);
        commands.put("graph", GraphCommand::new);
        commands.put("explain", ExplainCommand::new);
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0 && args[0].equals(AGENT)) {
            AgentMain.main(args);
            return;
        }
        ExitCode code =
                args.length > 0 && args[0].equals(SEVERAL)
                        ? SeveralCommands.run(List.of(args).subList(1, args.length))
                        : new Main(Surroundings.ofThisProcess()).run(args);
        System.exit(code.number());
    }

    /** Everything but leaving the process. */
    public ExitCode run(String... args) {
        try {
            Supplier<Command> named =
                    args.length == 0 ? null : commands.get(FORMER.getOrDefault(args[0], args[0]));
            return named == null
                    ? withoutCommand(args)
                    : with(named.get(), List.of(args).subList(1, args.length));
        } catch (ParameterException wrong) {
            return usage(wrong);
        } catch (ServiceConfigurationError jar) {
            surroundings.tell(
                    new Problem(
                            "a jar that should bring kinds cannot be used",
                            String.valueOf(jar.getMessage()),
                            "look at the jars that MGMT_KINDS names"));
            return ExitCode.USAGE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } catch (Exception | Error bug) {
            return bug(bug);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    private ExitCode with(Command command, List<String> args) throws InterruptedException {
        CommandSpec spec = command.spec();
        CommandLine line = line(spec.name("mgmt " + spec.name()));
        ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
        if (parsed.isUsageHelpRequested()) {
            return help(line);
        }
        return command.run(new Arguments(parsed, surroundings.environment()), surroundings);
    }

    private ExitCode withoutCommand(String... args) {
        CommandSpec spec =
                CommandSpec.create()
                        .name("mgmt")
                        .addOption(Arguments.help())
                        .addOption(
                                OptionSpec.builder("-V", "--version")
                                        .versionHelp(true)
                                        .arity("0")
                                        .description("Show the version.")
                                        .build());
        spec.usageMessage()
                .description("Rebuilds a data center from a laptop, over nothing but SSH.")
                .footer("", "mgmt COMMAND --help tells more.");
        commands.forEach((name, command) -> spec.addSubcommand(name, command.get().spec()));
        CommandLine line = line(spec);
        ParseResult parsed = line.parseArgs(args);
        if (parsed.isVersionHelpRequested()) {
            surroundings.out().println("mgmt " + Version.ofThisProgram());
            return ExitCode.OK;
        }
        if (parsed.isUsageHelpRequested()) {
            return help(line);
        }
        throw new ParameterException(line, "a command is missing");
    }

    private CommandLine line(CommandSpec spec) {
        spec.usageMessage().width(WIDTH).autoWidth(false);
        return new CommandLine(spec)
                .setExpandAtFiles(false)
                .setDefaultValueProvider(Arguments.defaults(surroundings.environment()));
    }

    private ExitCode help(CommandLine line) {
        surroundings.out().print(line.getUsageMessage(Ansi.OFF));
        return ExitCode.OK;
    }

    private ExitCode usage(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String help = command + " --help";
        surroundings.tell(
                wrong instanceof UnmatchedArgumentException unmatched
                        ? new Problem(
                                command + ": " + unknown(unmatched),
                                "",
                                nearest(unmatched)
                                                .map(near -> "did you mean " + near + "? ")
                                                .orElse("")
                                        + help)
                        : new Problem(command + ": " + firstLine(wrong), "", help));
        return ExitCode.USAGE;
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().getFirst();
        if (first.startsWith("-")) {
            return "unknown option '" + first + "'";
        }
        boolean takesNoCommand = unmatched.getCommandLine().getSubcommands().isEmpty();
        return takesNoCommand
                ? "'" + first + "' is one too many"
                : "unknown command '" + first + "'";
    }

    private static Optional<String> nearest(UnmatchedArgumentException unmatched) {
        return unmatched.getSuggestions().stream().findFirst();
    }

    private static String firstLine(ParameterException wrong) {
        return Objects.requireNonNullElse(wrong.getMessage(), "wrong usage")
                .lines()
                .findFirst()
                .orElse("wrong usage");
    }

    private ExitCode bug(Throwable bug) {
        surroundings.tell(
                new Problem(
                        "mgmt broke: " + bug,
                        "this is a bug of mgmt " + Version.ofThisProgram(),
                        "report it where you got mgmt from, with the version and the lines below"));
        bug.printStackTrace(surroundings.err());
        return ExitCode.BUG;
    }
}
