package dev.mgmt.cli.command;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a run tells others than its user.
 *
 * @param picture the file that holds the graph that runs
 * @param metrics where to serve figures
 */
record Outlets(Optional<Picture> picture, Optional<InetSocketAddress> metrics) {
    private static final List<String> FILTERS = List.of("dot", "neato", "twopi", "circo", "fdp");
    private static final String USUAL_LISTEN = "127.0.0.1:9233";
    private static final Pattern LISTEN = Pattern.compile("(.*):([0-9]{1,5})");

    /**
     * @param filter the program that draws it beside the file
     * @param host also written to the file's name with this behind, where it was of old, and where
     *     several runs do not overwrite each other's
     */
    record Picture(Path file, String filter, String host) {
        /** Each of the files, the one that was asked for first. */
        List<Path> files() {
            return List.of(file, file.resolveSibling(file.getFileName() + "@" + host));
        }
    }

    static void declare(CommandSpec spec) {
        spec.addOption(
                        Options.shortPath(
                                "-g",
                                "--graphviz",
                                "FILE",
                                "Write the graph that runs to FILE and FILE@NAME at each switch, and"
                                        + " to .png beside them if graphviz is installed."))
                .addOption(
                        Options.shortText(
                                "-gf",
                                "--graphviz-filter",
                                "NAME",
                                "Draw it with dot, neato, twopi, circo or fdp."))
                .addOption(
                        Options.flag(
                                "--prometheus", "Serve metrics at http://127.0.0.1:9233/metrics."))
                .addOption(
                        Options.text("--prometheus-listen", "ADDR:PORT", "Serve metrics there."));
    }

    static Outlets of(Arguments arguments, String host) {
        String filter = arguments.<String>value("--graphviz-filter").orElse(FILTERS.getFirst());
        if (!FILTERS.contains(filter)) {
            throw arguments.refused(
                    "--graphviz-filter: '" + filter + "' is none of " + String.join(", ", FILTERS));
        }
        Optional<String> listen = arguments.value("--prometheus-listen");
        boolean served = arguments.flag("--prometheus") || listen.isPresent();
        return new Outlets(
                arguments
                        .<Path>value("--graphviz")
                        .map(file -> new Picture(file.toAbsolutePath(), filter, host)),
                served
                        ? Optional.of(address(arguments, listen.orElse(USUAL_LISTEN)))
                        : Optional.empty());
    }

    private static InetSocketAddress address(Arguments arguments, String text) {
        Matcher matcher = LISTEN.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw arguments.refused(
                    "--prometheus-listen: '" + text + "' is not like " + USUAL_LISTEN);
        }
        int port = Integer.parseInt(matcher.group(2));
        String host = matcher.group(1);
        return host.isEmpty()
                ? new InetSocketAddress(port)
                : new InetSocketAddress(host.replace("[", "").replace("]", ""), port);
    }
}
