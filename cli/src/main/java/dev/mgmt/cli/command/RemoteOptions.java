package dev.mgmt.cli.command;

import dev.mgmt.cli.view.FleetView;
import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.remote.fleet.FleetOptions;
import dev.mgmt.remote.fleet.Pace;
import dev.mgmt.remote.inventory.HostSpec.Become;
import dev.mgmt.remote.inventory.InventoryOptions.CleartextPasswords;
import dev.mgmt.remote.reach.SshOptions;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What {@code mgmt remote} was asked to do.
 *
 * @param files hosts files and graph files
 * @param limit which of their hosts; empty: all
 */
record RemoteOptions(
        List<Path> files,
        Optional<String> limit,
        CleartextPasswords passwords,
        FleetOptions fleet,
        BecomeAnswer becomeAnswer,
        FleetView.Output output,
        Verbosity verbosity) {
    private static final int FORKS = 64;

    RemoteOptions {
        files = List.copyOf(files);
    }

    /** What sudo gets to hear where it asks for a password. */
    enum BecomeAnswer {
        NONE,
        ASKED
    }

    static void declare(CommandSpec spec) {
        spec.addPositional(
                        PositionalParamSpec.builder()
                                .paramLabel("HOSTS")
                                .arity("1..*")
                                .required(true)
                                .type(List.class)
                                .auxiliaryTypes(String.class)
                                .description(
                                        "hosts.yaml, or graph files with a remote: key; several at"
                                                + " once.")
                                .build())
                .addOption(
                        Options.duration(
                                "--converged-timeout",
                                "S",
                                "End when the fleet has been at rest for so many seconds. Absent:"
                                        + " keep watching."))
                .addOption(Options.duration("--timeout", "D", "Give up after this time."))
                .addOption(
                        Options.text(
                                "--limit", "PATTERN", "Only these hosts, such as 'web*,!web03'."))
                .addOption(
                        Options.number(
                                "--forks", "N", "Hosts brought up side by side (" + FORKS + ")."))
                .addOption(
                        Options.flag(
                                "--noop", "Change nothing, show what would be changed as diffs."))
                .addOption(Options.text("--user", "NAME", "Log in as, where no file says."))
                .addOption(
                        Options.flag(
                                "--become",
                                "Run with another user's rights, by sudo, where no"
                                        + " file says."))
                .addOption(
                        Options.text(
                                "--become-user",
                                "NAME",
                                "Whose rights those are, where no file says (root)."))
                .addOption(
                        Options.flag(
                                "--ask-become-password",
                                "Ask once for the password that sudo wants on hosts."))
                .addOption(Options.number("--port", "N", "SSH port, where no file says."))
                .addOption(
                        Options.paths(
                                "--identity",
                                "FILE",
                                "Private key, where no file names one. Repeatable."))
                .addOption(
                        Options.text(
                                "--ssh-config",
                                "FILE",
                                "OpenSSH configuration in place of the usual; none: nobody's."))
                .addOption(
                        Options.path("--known-hosts", "FILE", "Host keys (where ssh_config says)."))
                .addOption(
                        Options.choice(
                                "--host-key-policy",
                                HostKeyPolicy.class,
                                "What to do about a host key that is not known (strict: refuse)."))
                .addOption(
                        Options.duration(
                                "--connect-timeout",
                                "D",
                                "For the connection, and again for the login (10s, unless ssh_config"
                                        + " says)."))
                .addOption(
                        Options.duration(
                                "--linger",
                                "D",
                                "How long agents go on without this machine (5m while watching,"
                                        + " else 0)."))
                .addOption(Options.flag("--clean", "Remove the image from the hosts at the end."))
                .addOption(Options.flag("--no-watch", "Do not push graph files that are edited."))
                .addOption(
                        Options.flag(
                                SharedPassword.OPTION,
                                "Ask for a password once, for all hosts that want one."))
                .addOption(
                        Options.flag(
                                "--allow-cleartext-passwords",
                                "Accept passwords written in files and URLs."))
                .addOption(
                        Options.choice(
                                "--output",
                                FleetView.Output.class,
                                "For people, or a JSON object for each event (human)."))
                .addOption(
                        Options.shortFlag(
                                "-v", "--verbose", "Also diffs of changes and times of stages."));
    }

    static RemoteOptions of(Arguments arguments) {
        return new RemoteOptions(
                arguments.words().stream().map(Path::of).toList(),
                arguments.value("--limit"),
                passwords(arguments),
                fleet(arguments),
                arguments.flag("--ask-become-password") ? BecomeAnswer.ASKED : BecomeAnswer.NONE,
                arguments.<FleetView.Output>value("--output").orElse(FleetView.Output.HUMAN),
                arguments.flag("--verbose") ? Verbosity.VERBOSE : Verbosity.NORMAL);
    }

    /** Whether files may hold passwords. */
    static CleartextPasswords passwords(Arguments arguments) {
        return arguments.flag("--allow-cleartext-passwords")
                ? CleartextPasswords.ALLOWED
                : CleartextPasswords.REFUSED;
    }

    private static FleetOptions fleet(Arguments arguments) {
        return new FleetOptions(
                Options.orNever(arguments.value("--converged-timeout")),
                Options.orNever(arguments.value("--timeout")),
                arguments.<Integer>value("--forks").orElse(FORKS),
                arguments.flag("--noop") ? FleetOptions.Plan.NOOP : FleetOptions.Plan.APPLY,
                Options.orNever(arguments.value("--linger")),
                arguments.flag("--clean")
                        ? FleetOptions.Afterwards.REMOVE_IMAGE
                        : FleetOptions.Afterwards.KEEP_IMAGE,
                arguments.flag("--no-watch")
                        ? FleetOptions.Edits.IGNORED
                        : FleetOptions.Edits.PUSHED,
                ssh(arguments),
                arguments.flag("--become") ? Become.SUDO : Become.NONE,
                becomeUser(arguments),
                Pace.USUAL);
    }

    private static String becomeUser(Arguments arguments) {
        String user = arguments.<String>value("--become-user").orElse("root");
        if (user.isBlank() || user.startsWith("-") || user.matches(".*\\s.*")) {
            throw arguments.refused("--become-user: '" + user + "' is not a user's name");
        }
        return user;
    }

    private static SshOptions ssh(Arguments arguments) {
        SshOptions usual =
                new SshOptions(
                        arguments.value("--user"),
                        port(arguments),
                        identities(arguments),
                        arguments.<Path>value("--known-hosts").map(List::of).orElse(List.of()),
                        arguments.value("--host-key-policy"),
                        Options.orNever(arguments.value("--connect-timeout")),
                        Optional.empty());
        return sshConfig(arguments).map(usual::reading).orElse(usual);
    }

    /** Checked here: the client would say so once for every host. */
    private static Optional<String> sshConfig(Arguments arguments) {
        Optional<String> file = arguments.value("--ssh-config");
        if (file.filter(name -> !name.equals("none") && !Files.isReadable(Path.of(name)))
                .isPresent()) {
            throw arguments.refused("--ssh-config: " + file.get() + " cannot be read");
        }
        return file;
    }

    private static Optional<Integer> port(Arguments arguments) {
        Optional<Integer> port = arguments.value("--port");
        if (port.isPresent() && port.get() > 65_535) {
            throw arguments.refused("--port: " + port.get() + " is not a port, they end at 65535");
        }
        return port;
    }

    private static List<Path> identities(Arguments arguments) {
        List<Path> named = arguments.values("--identity");
        for (Path file : named) {
            if (!Files.isReadable(file)) {
                throw arguments.refused("--identity: " + file + " cannot be read");
            }
        }
        return named;
    }
}
