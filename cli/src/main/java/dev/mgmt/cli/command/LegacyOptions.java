package dev.mgmt.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What old scripts say that has no meaning any more. Accepted, so that they go on working, and not
 * in the help text, so that nobody writes it again.
 */
final class LegacyOptions {
    private static final List<String> WITH_VALUE =
            List.of(
                    "--tmp-prefix-path",
                    "--prefix",
                    "--server-urls",
                    "--advertise-client-urls",
                    "--advertise-server-urls",
                    "--ideal-cluster-size",
                    "--max-runtime",
                    "--graphviz",
                    "--graphviz-filter",
                    "--pgp-key-path",
                    "--pgp-identity",
                    "--prometheus-listen",
                    "--remote",
                    "--cconns");
    private static final List<String> ALONE =
            List.of(
                    "--tmp-prefix",
                    "--allow-tmp-prefix",
                    "--allow-interactive",
                    "--no-pgp",
                    "--no-server",
                    "--no-caching",
                    "--no-stream-watch",
                    "--no-config-watch",
                    "--prometheus");

    private LegacyOptions() {}

    static void declare(CommandSpec spec) {
        WITH_VALUE.forEach(
                name ->
                        spec.addOption(
                                OptionSpec.builder(name)
                                        .type(List.class)
                                        .auxiliaryTypes(String.class)
                                        .hidden(true)
                                        .build()));
        ALONE.forEach(
                name ->
                        spec.addOption(
                                OptionSpec.builder(name)
                                        .type(boolean.class)
                                        .arity("0")
                                        .hidden(true)
                                        .build()));
    }

    /** Those that were given. */
    static List<String> among(Arguments arguments) {
        List<String> given = new ArrayList<>(WITH_VALUE);
        given.addAll(ALONE);
        given.removeIf(name -> !arguments.isGiven(name));
        return given;
    }
}
