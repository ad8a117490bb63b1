package dev.mgmt.remote.fleet;

import dev.mgmt.remote.host.HostException;
import dev.mgmt.tunnel.Route;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What can go wrong with a host, in the words that people are told: cause, reason, next step. */
final class Failures {
    private Failures() {}

    /** Of the hop where it happened, which is not always the host. */
    static HostFailure of(TunnelException e, Stage stage, Target target) {
        if (e.hop().isEmpty()) {
            return at(e, stage, target);
        }
        Target hop = e.hop().get();
        HostFailure there = at(e, stage, hop);
        return new HostFailure(
                there.cause(),
                stage,
                "On the way, at the jump host " + hop.name() + ": " + there.what(),
                there.why(),
                there.advice());
    }

    private static HostFailure at(TunnelException e, Stage stage, Target target) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case TunnelException.Unreachable _ ->
                    new HostFailure(
                            HostFailure.Cause.UNREACHABLE,
                            stage,
                            "The host cannot be reached at " + place(target),
                            message,
                            "Is it up, and is that its SSH port? Try  " + ssh(target));
            case TunnelException.HandshakeFailed _ ->
                    new HostFailure(
                            HostFailure.Cause.UNREACHABLE,
                            stage,
                            "No SSH connection could be agreed upon with " + place(target),
                            message,
                            "See what answers there:  " + ssh(target, "-v"));
            case TunnelException.LoginRefused _ ->
                    new HostFailure(
                            HostFailure.Cause.LOGIN_REFUSED,
                            stage,
                            "The login as " + target.user() + " was refused",
                            message,
                            "Add your public key there:  ssh-copy-id -p "
                                    + target.port()
                                    + " "
                                    + target.user()
                                    + "@"
                                    + target.address()
                                    + "  or name another key with --identity.");
            case TunnelException.HostKeyUnknown unknown ->
                    new HostFailure(
                            HostFailure.Cause.HOST_KEY,
                            stage,
                            "The host's key is not known",
                            "no known_hosts file lists " + unknown.fingerprint(),
                            "If the fingerprint is the host's own, accept it:  echo '"
                                    + unknown.knownHostsLine()
                                    + "' >> "
                                    + knownHosts(target)
                                    + "  (to compare: "
                                    + keyscan(target)
                                    + " | ssh-keygen -lf -)");
            case TunnelException.HostKeyChanged changed ->
                    new HostFailure(
                            HostFailure.Cause.HOST_KEY,
                            stage,
                            "The host's key is not the one it used to be",
                            "it shows "
                                    + changed.fingerprint()
                                    + ", which contradicts "
                                    + changed.file()
                                    + " line "
                                    + changed.line(),
                            "Somebody may be in between. Only if you know why it changed, remove"
                                    + " that line and accept the new key.");
            case TunnelException.WayRefused _ ->
                    new HostFailure(
                            HostFailure.Cause.UNREACHABLE,
                            stage,
                            "The way to " + place(target) + " is barred",
                            message,
                            "See for yourself:  " + ssh(target));
            case TunnelException.LinkLost _ -> linkLost(stage, message);
            case TunnelException.CommandRefused _ ->
                    new HostFailure(
                            HostFailure.Cause.CANNOT_TAKE_AGENT,
                            stage,
                            "The host runs no command for us",
                            message,
                            "Look for a forced command or a session limit:  "
                                    + ssh(target)
                                    + " true");
        };
    }

    static HostFailure of(HostException e, Stage stage) {
        HostFailure.Cause cause =
                switch (e) {
                    case HostException.CannotTakeAgent _, HostException.NoSpace _ ->
                            HostFailure.Cause.CANNOT_TAKE_AGENT;
                    case HostException.PrivilegeRefused _ -> HostFailure.Cause.LOGIN_REFUSED;
                    case HostException.Vanished _ -> HostFailure.Cause.LINK_LOST;
                };
        return new HostFailure(cause, stage, e.what(), e.why(), e.advice());
    }

    static HostFailure linkLost(Stage stage, String why) {
        return new HostFailure(
                HostFailure.Cause.LINK_LOST,
                stage,
                "The connection was lost",
                why,
                "Run it again: what has been done stays, and the rest is taken up.");
    }

    /**
     * @param last what failed last
     */
    static HostFailure notRegained(HostFailure last, Duration tried) {
        return new HostFailure(
                HostFailure.Cause.LINK_LOST,
                last.stage(),
                "The connection was lost and not regained within " + tried.toSeconds() + " s",
                last.what() + ": " + last.why(),
                "Once the host can be reached, run it again: what has been done stays. With"
                        + " --linger longer losses are waited out.");
    }

    /** Of a run that ended first. */
    static HostFailure stillLost(HostFailure last) {
        return new HostFailure(
                HostFailure.Cause.LINK_LOST,
                Stage.RECONNECTING,
                "The connection was lost and not regained before the run ended",
                last.what() + ": " + last.why(),
                last.advice());
    }

    static HostFailure agentDied(String why) {
        return new HostFailure(
                HostFailure.Cause.CANNOT_TAKE_AGENT,
                Stage.RUNNING,
                "The agent died",
                why,
                "Look on the host for what ends processes there (memory:  dmesg | tail ).");
    }

    static HostFailure keepsDying(HostFailure last, int deaths) {
        return new HostFailure(
                last.cause(),
                last.stage(),
                "The agent does not stay alive: " + deaths + " died in a row",
                last.why(),
                last.advice());
    }

    static HostFailure takenOver(String why) {
        return new HostFailure(
                HostFailure.Cause.LINK_LOST,
                Stage.RUNNING,
                "Another run has taken the host over",
                why,
                "One run at a time can have a host: end the other one, then run this one again.");
    }

    static HostFailure graphRefused(List<String> problems) {
        return new HostFailure(
                HostFailure.Cause.INTERNAL,
                Stage.RUNNING,
                "The agent refused the graph",
                String.join("; ", problems),
                "If it collects what other hosts export, look for two that claim the same thing.");
    }

    /** Something of ours broke. */
    static HostFailure bug(Stage stage, Throwable e) {
        return new HostFailure(
                HostFailure.Cause.INTERNAL,
                stage,
                "mgmt itself failed",
                e.toString(),
                "This is a bug: please report it with the output of --verbose.");
    }

    private static String place(Target target) {
        return target.address()
                + " port "
                + target.port()
                + (target.route() instanceof Route.Through(Target jump)
                        ? " through " + jump.name()
                        : "");
    }

    private static String ssh(Target target, String... options) {
        String more = options.length == 0 ? "" : String.join(" ", options) + " ";
        return "ssh "
                + more
                + jumps(target)
                + "-p "
                + target.port()
                + " "
                + target.user()
                + "@"
                + target.address();
    }

    private static String jumps(Target target) {
        return switch (target.route()) {
            case Route.Direct _ -> "";
            case Route.Command(String line) -> "-o 'ProxyCommand " + line + "' ";
            case Route.Through(Target jump) -> "-J " + jump.name() + " ";
        };
    }

    private static String keyscan(Target target) {
        String from =
                target.route() instanceof Route.Through(Target jump)
                        ? "ssh " + jump.name() + " "
                        : "";
        return from + "ssh-keyscan -p " + target.port() + " " + target.address();
    }

    private static String knownHosts(Target target) {
        return target.trust().growing().map(Path::toString).orElse("~/.ssh/known_hosts");
    }
}
