package dev.mgmt.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What old scripts say that has no meaning any more. Accepted, so that they go on working, and not
 * in the help text, so that nobody writes it again.
 */
final class LegacyOptions {
    private static final List<String> WITH_VALUE =
            List.of(
                    "--prefix",
                    "--server-urls",
                    "--peer-urls",
                    "--advertise-client-urls",
                    "--advertise-server-urls",
                    "--advertise-peer-urls",
                    "--ideal-cluster-size",
                    "--pgp-key-path",
                    "--pgp-identity",
                    "--cconns",
                    "--ssh-priv-id-rsa",
                    "--depth");
    private static final List<String> ALONE =
            List.of(
                    "--tmp-prefix",
                    "--allow-tmp-prefix",
                    "--allow-interactive",
                    "--no-caching",
                    "--no-pgp",
                    "--no-server",
                    "--no-stream-watch");

    private LegacyOptions() {}

    static void declare(CommandSpec spec) {
        WITH_VALUE.forEach(name -> spec.addOption(Options.hiddenText(name)));
        ALONE.forEach(name -> spec.addOption(Options.hiddenFlag(name)));
    }

    /** Those that were given. */
    static List<String> among(Arguments arguments) {
        List<String> given = new ArrayList<>(WITH_VALUE);
        given.addAll(ALONE);
        given.removeIf(name -> !arguments.isGiven(name));
        return given;
    }
}
