package dev.mgmt.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What old scripts say that has no meaning any more. Accepted, so that they go on working, and not
 * in the help text, so that nobody writes it again. What would leave a script without what it asks
 * for is refused with what to write instead.
 */
final class LegacyOptions {
    private static final List<String> WITH_VALUE =
            List.of(
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
                    "--depth",
                    "--puppet-conf");
    private static final List<String> ALONE =
            List.of(
                    "--allow-interactive",
                    "--no-caching",
                    "--no-pgp",
                    "--no-server",
                    "--no-stream-watch");

    /** Old spellings beside the ones that are left. */
    private static final Map<String, String> GONE = gone();

    private LegacyOptions() {}

    private static Map<String, String> gone() {
        String yaml = "graphs are written in YAML here";
        Map<String, String> gone = new LinkedHashMap<>();
        gone.put("--remote", "other machines are reached by: mgmt remote FILE...");
        gone.put("--code", yaml);
        gone.put("--lang", yaml);
        gone.put("--hcl", yaml);
        gone.put("--puppet", yaml);
        return Map.copyOf(gone);
    }

    static void declare(CommandSpec spec) {
        WITH_VALUE.forEach(name -> spec.addOption(Options.hiddenText(name)));
        ALONE.forEach(name -> spec.addOption(Options.hiddenFlag(name)));
        GONE.keySet().forEach(name -> spec.addOption(Options.hiddenText(name)));
    }

    static void refuseWhatIsGone(Arguments arguments) {
        GONE.forEach(
                (name, instead) -> {
                    if (arguments.isGiven(name)) {
                        throw arguments.refused(name + " is no more: " + instead);
                    }
                });
    }

    /** Those that were given. */
    static List<String> among(Arguments arguments) {
        List<String> given = new ArrayList<>(WITH_VALUE);
        given.addAll(ALONE);
        given.removeIf(name -> !arguments.isGiven(name));
        return given;
    }
}
