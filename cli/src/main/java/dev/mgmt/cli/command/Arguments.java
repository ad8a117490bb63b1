package dev.mgmt.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What was said on the command line and, where that is silent, in {@code MGMT_…} variables of the
 * environment.
 */
public final class Arguments {
    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0", "");

    private final ParseResult parsed;
    private final Map<String, String> environment;

    public Arguments(ParseResult parsed, Map<String, String> environment) {
        this.parsed = parsed;
        this.environment = environment;
    }

    /** The environment's answers, for options that take a value. */
    public static IDefaultValueProvider defaults(Map<String, String> environment) {
        return new EnvironmentDefaults(environment);
    }

    /** What every command has. */
    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .arity("0")
                .description("Show this text.")
                .build();
    }

    /** The option's value, if there is one. */
    public <T> Optional<T> value(String option) {
        return Optional.ofNullable(option(option).getValue());
    }

    /** All values of an option that may be repeated. */
    public <T> List<T> values(String option) {
        return Objects.requireNonNullElse(option(option).getValue(), List.of());
    }

    /**
     * Whether a flag is up. The environment is asked here and not through the parser, to which a
     * flag that is up by default and given once more would be down.
     */
    public boolean flag(String option) {
        if (parsed.hasMatchedOption(option)) {
            return true;
        }
        String variable = variable(option);
        String said = environment.getOrDefault(variable, "").toLowerCase(Locale.ROOT);
        if (!YES.contains(said) && !NO.contains(said)) {
            throw new ParameterException(
                    commandLine(), variable + " should be true or false, not '" + said + "'");
        }
        return YES.contains(said);
    }

    public boolean isGiven(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** What was given beside options, in order. */
    public List<String> words() {
        return parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.stringValues().stream())
                .toList();
    }

    /** For a combination of options that makes no sense. */
    ParameterException refused(String reason) {
        return new ParameterException(commandLine(), reason);
    }

    private CommandLine commandLine() {
        return parsed.commandSpec().commandLine();
    }

    private OptionSpec option(String name) {
        return Objects.requireNonNull(parsed.commandSpec().findOption(name), name);
    }

    /** {@code --converged-timeout} is {@code MGMT_CONVERGED_TIMEOUT}. */
    private static String variable(String option) {
        return "MGMT_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** No record: the parser asks for its text at every start, and a record's is dear. */
    private static final class EnvironmentDefaults implements IDefaultValueProvider {
        private final Map<String, String> environment;

        private EnvironmentDefaults(Map<String, String> environment) {
            this.environment = environment;
        }

        @Override
        public @Nullable String defaultValue(ArgSpec arg) {
            boolean takesValue = arg.isOption() && arg.arity().max() > 0;
            return takesValue ? environment.get(variable(((OptionSpec) arg).longestName())) : null;
        }
    }
}
