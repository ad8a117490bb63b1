package dev.mgmt.cli.command;

import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.remote.fleet.FleetOptions.Edits;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What {@code mgmt run} was asked to do.
 *
 * @param graph the file as the user named it
 * @param host this machine's name in the store
 * @param legacy options that were given and have no meaning any more
 */
record RunOptions(
        String graph,
        String host,
        EndOptions ending,
        Plan plan,
        Edits edits,
        OptionalInt vertexLimit,
        StoreOptions store,
        StateOptions state,
        Outlets outlets,
        Verbosity verbosity,
        List<String> legacy) {
    private static final List<String> OLD_FILE_OPTIONS = List.of("--file", "--yaml", "--yaml2");
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    RunOptions {
        legacy = List.copyOf(legacy);
    }

    static void declare(CommandSpec spec) {
        spec.addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("GRAPH")
                                .arity("0..1")
                                .type(String.class)
                                .description("The graph file.")
                                .build())
                .addOption(
                        Options.flag(
                                "--noop", "Change nothing, show what would be changed as diffs."))
                .addOption(Options.flag("--no-watch", "Do not follow edits of the graph file."))
                .addOption(Options.text("--hostname", "NAME", "This machine's name in the store."))
                .addOption(Options.limit("--sema", "N", "At most so many resources at once."))
                .addOption(Options.shortFlag("-v", "--verbose", "Also diffs of what was changed."))
                .addOption(Options.hiddenFlag("-vv"))
                .addOption(
                        Options.choice(
                                "--log-level",
                                Verbosity.class,
                                "How much to say; debug also tells why each resource runs."));
        EndOptions.declare(spec);
        StoreOptions.declare(spec);
        StateOptions.declare(spec);
        Outlets.declare(spec);
        OLD_FILE_OPTIONS.forEach(name -> spec.addOption(Options.hiddenText(name)));
        spec.addOption(Options.hiddenFlag("--no-config-watch"));
        LegacyOptions.declare(spec);
    }

    /**
     * @param environment where state is kept depends on it
     */
    static RunOptions of(Arguments arguments, Map<String, String> environment) {
        LegacyOptions.refuseWhatIsGone(arguments);
        String host = host(arguments);
        return new RunOptions(
                graph(arguments),
                host,
                EndOptions.of(arguments),
                arguments.flag("--noop") ? Plan.NOOP : Plan.APPLY,
                arguments.flag("--no-watch") || arguments.flag("--no-config-watch")
                        ? Edits.IGNORED
                        : Edits.PUSHED,
                arguments.<OptionalInt>value("--sema").orElse(OptionalInt.empty()),
                StoreOptions.of(arguments),
                StateOptions.of(arguments, environment),
                Outlets.of(arguments, host),
                verbosity(arguments),
                LegacyOptions.among(arguments));
    }

    private static String graph(Arguments arguments) {
        List<String> named = new ArrayList<>(arguments.words());
        OLD_FILE_OPTIONS.forEach(option -> arguments.<String>value(option).ifPresent(named::add));
        if (named.size() != 1) {
            throw arguments.refused(
                    named.isEmpty()
                            ? "a graph file is missing"
                            : "one graph file at a time, not " + String.join(" and ", named));
        }
        return named.getFirst();
    }

    private static String host(Arguments arguments) {
        String host = arguments.<String>value("--hostname").orElseGet(RunOptions::kernelHostName);
        if (host.isEmpty() || host.contains("/")) {
            throw arguments.refused("--hostname: '" + host + "' is not a host name");
        }
        return host;
    }

    /** Asked of the kernel: the JDK would ask the network. */
    private static String kernelHostName() {
        try {
            return Files.readString(KERNEL_HOST_NAME).strip();
        } catch (IOException notLinux) {
            return "localhost";
        }
    }

    private static Verbosity verbosity(Arguments arguments) {
        Verbosity flagged = arguments.flag("--verbose") ? Verbosity.VERBOSE : Verbosity.NORMAL;
        return arguments
                .<Verbosity>value("--log-level")
                .orElse(arguments.isGiven("-vv") ? Verbosity.DEBUG : flagged);
    }
}
