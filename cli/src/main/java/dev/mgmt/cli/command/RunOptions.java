package dev.mgmt.cli.command;

import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.remote.fleet.FleetOptions.Edits;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What {@code mgmt run} was asked to do.
 *
 * @param graph the file as the user named it
 * @param host this machine's name in the store
 * @param clientAddresses where to open the store to etcd clients
 * @param legacy options that were given and have no meaning any more
 */
record RunOptions(
        String graph,
        String host,
        Optional<Duration> convergedTimeout,
        Plan plan,
        Edits edits,
        OptionalInt vertexLimit,
        List<InetSocketAddress> clientAddresses,
        ExitHabit exitHabit,
        Verbosity verbosity,
        List<String> legacy) {
    private static final Pattern LITERAL_ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");
    private static final Set<String> OLD_FILE_OPTIONS = Set.of("--yaml", "--file");
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    RunOptions {
        clientAddresses = List.copyOf(clientAddresses);
        legacy = List.copyOf(legacy);
    }

    /** Whether failed resources show in the exit code. */
    enum ExitHabit {
        TELL,
        /** 0 whatever became of the resources, as scripts of old expect. */
        ALWAYS_ZERO
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
                        Options.duration(
                                "--converged-timeout",
                                "S",
                                "End when nothing has happened for so many seconds. Absent: keep"
                                        + " watching."))
                .addOption(
                        Options.flag(
                                "--noop", "Change nothing, show what would be changed as diffs."))
                .addOption(Options.flag("--no-watch", "Do not follow edits of the graph file."))
                .addOption(Options.text("--hostname", "NAME", "This machine's name in the store."))
                .addOption(
                        Options.text(
                                "--client-urls",
                                "URL,...",
                                "Open the store to etcd clients, such as http://127.0.0.1:2379."))
                .addOption(Options.number("--sema", "N", "At most so many resources at once."))
                .addOption(
                        Options.flag(
                                "--compat-exit", "End with 0 whatever became of the resources."))
                .addOption(Options.shortFlag("-v", "--verbose", "Also diffs of what was changed."));
        OLD_FILE_OPTIONS.stream()
                .sorted()
                .forEach(name -> spec.addOption(Options.hiddenText(name)));
        spec.addOption(Options.hiddenFlag("--no-config-watch"));
        LegacyOptions.declare(spec);
    }

    static RunOptions of(Arguments arguments) {
        return new RunOptions(
                graph(arguments),
                host(arguments),
                Options.orNever(arguments.value("--converged-timeout")),
                arguments.flag("--noop") ? Plan.NOOP : Plan.APPLY,
                arguments.flag("--no-watch") || arguments.flag("--no-config-watch")
                        ? Edits.IGNORED
                        : Edits.PUSHED,
                arguments.<Integer>value("--sema").map(OptionalInt::of).orElse(OptionalInt.empty()),
                clientAddresses(arguments),
                arguments.flag("--compat-exit") ? ExitHabit.ALWAYS_ZERO : ExitHabit.TELL,
                arguments.flag("--verbose") ? Verbosity.VERBOSE : Verbosity.NORMAL,
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

    private static List<InetSocketAddress> clientAddresses(Arguments arguments) {
        return arguments.<String>value("--client-urls").stream()
                .flatMap(urls -> Arrays.stream(urls.split("[,; ]+")))
                .filter(url -> !url.isEmpty())
                .map(url -> clientAddress(arguments, url))
                .toList();
    }

    /** Only where no other machine can reach it: whoever reaches the store may write all of it. */
    private static InetSocketAddress clientAddress(Arguments arguments, String url) {
        URI uri = uri(arguments, url);
        String host = uri.getHost();
        if (!"http".equals(uri.getScheme()) || host == null || uri.getPort() < 0) {
            throw arguments.refused("--client-urls: " + url + " is not like http://127.0.0.1:2379");
        }
        InetAddress address =
                loopback(host)
                        .orElseThrow(
                                () ->
                                        arguments.refused(
                                                "--client-urls: "
                                                        + url
                                                        + " is not on loopback; whoever can reach"
                                                        + " the store controls this machine, and it"
                                                        + " asks for no password"));
        return new InetSocketAddress(address, uri.getPort());
    }

    private static URI uri(Arguments arguments, String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw arguments.refused("--client-urls: " + url + " is not a URL");
        }
    }

    /** Names other than localhost are not looked up: what they lead to may change. */
    private static Optional<InetAddress> loopback(String host) {
        if (host.equals("localhost")) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        try {
            return LITERAL_ADDRESS.matcher(host).matches()
                    ? Optional.of(InetAddress.ofLiteral(host))
                            .filter(InetAddress::isLoopbackAddress)
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
