package dev.mgmt.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Where a run on this machine keeps what its next life must know. */
sealed interface StateOptions {
    /**
     * @param directory for all hosts' names; each has a folder of its own in it
     */
    record Kept(Path directory) implements StateOptions {}

    /** Forgotten with the run. */
    record Forgotten() implements StateOptions {}

    static void declare(CommandSpec spec) {
        spec.addOption(
                        Options.path(
                                "--prefix",
                                "DIR",
                                "Keep state here (default: /var/lib/mgmt for root, else"
                                        + " ~/.local/state/mgmt)."))
                .addOption(Options.flag("--tmp-prefix", "Keep no state beyond this run."))
                .addOption(Options.hiddenFlag("--allow-tmp-prefix"));
    }

    static StateOptions of(Arguments arguments, Map<String, String> environment) {
        Optional<Path> prefix = arguments.value("--prefix");
        if (arguments.flag("--tmp-prefix")) {
            return new Forgotten();
        }
        Path directory = prefix.orElseGet(() -> usual(environment));
        boolean mayForget = arguments.flag("--allow-tmp-prefix");
        return mayForget && !isOurs(directory) ? new Forgotten() : new Kept(directory);
    }

    private static Path usual(Map<String, String> environment) {
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/mgmt");
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        return (state.isEmpty() ? Path.of(home, ".local/state") : Path.of(state)).resolve("mgmt");
    }

    private static boolean isOurs(Path directory) {
        try {
            return Files.isWritable(Files.createDirectories(directory));
        } catch (IOException denied) {
            return false;
        }
    }

    /** The host's own folder. */
    default Optional<Path> directory(String host) {
        return switch (this) {
            case Kept(Path directory) -> Optional.of(directory.resolve(host));
            case Forgotten() -> Optional.empty();
        };
    }
}
