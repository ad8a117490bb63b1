package dev.mgmt.cli;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.HostReport;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a finished program tells the shell. The numbers are a promise to scripts: {@code
 * docs/exit-codes.md} lists the same ones, and a test holds the two equal.
 */
public enum ExitCode {
    OK(0, "everything as asked"),
    RESOURCES_FAILED(1, "some resources failed (listed)"),
    USAGE(2, "command line wrong"),
    NOT_CONVERGED(3, "not converged within `--timeout`"),
    INVALID_INPUT(4, "input invalid; nothing was touched"),
    WOULD_CHANGE(5, "`--noop`: changes would be made"),
    UNREACHABLE(10, "host unreachable"),
    LOGIN_REFUSED(11, "login refused"),
    HOST_KEY(12, "host key unknown or changed"),
    CANNOT_TAKE_AGENT(13, "host can't take the agent (no image, space, exec)"),
    LINK_LOST(14, "link lost and not regained"),
    STORE_UNREACHABLE(20, "store unreachable"),
    BUG(70, "a bug of ours: trace, version, where to report"),
    INTERRUPTED(130, "interrupted before it was done");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** As the table in the documents has it. */
    public String meaning() {
        return meaning;
    }

    /** What a fleet's run comes to. */
    public static ExitCode of(FleetReport report, Plan plan) {
        Set<ExitCode> codes = EnumSet.noneOf(ExitCode.class);
        for (HostReport host : report.hosts()) {
            codes.add(of(host, report.end(), plan));
        }
        switch (report.end()) {
            case AT_REST, STOPPED -> {}
            case TIMED_OUT -> codes.add(NOT_CONVERGED);
            case INTERRUPTED -> codes.add(INTERRUPTED);
        }
        return gravest(codes);
    }

    /** What one graph's run on this machine comes to. */
    public static ExitCode of(EngineStatus status, Plan plan) {
        Set<ExitCode> codes = EnumSet.of(OK);
        if (status.counts().failed() > 0) {
            codes.add(RESOURCES_FAILED);
        }
        if (plan == Plan.NOOP && status.counts().wouldChange() > 0) {
            codes.add(WOULD_CHANGE);
        }
        return gravest(codes);
    }

    private static ExitCode of(HostReport host, FleetReport.End end, Plan plan) {
        return switch (host) {
            case HostReport.Converged converged -> of(converged.status(), plan);
            case HostReport.ResourcesFailed failed ->
                    gravest(EnumSet.of(RESOURCES_FAILED, of(failed.status(), plan)));
            case HostReport.Unfinished _ ->
                    end == FleetReport.End.TIMED_OUT ? NOT_CONVERGED : INTERRUPTED;
            case HostReport.Lost lost -> of(lost.failure().cause());
        };
    }

    private static ExitCode of(HostFailure.Cause cause) {
        return switch (cause) {
            case UNREACHABLE -> UNREACHABLE;
            case LOGIN_REFUSED -> LOGIN_REFUSED;
            case HOST_KEY -> HOST_KEY;
            case CANNOT_TAKE_AGENT -> CANNOT_TAKE_AGENT;
            case LINK_LOST -> LINK_LOST;
            case STORE_UNREACHABLE -> STORE_UNREACHABLE;
            case INTERNAL -> BUG;
        };
    }

    /**
     * An interrupt says that the rest is not known and goes before everything. Else the highest
     * number below that of a bug wins: what hosts need is told before what we need.
     */
    private static ExitCode gravest(Collection<ExitCode> codes) {
        if (codes.contains(INTERRUPTED)) {
            return INTERRUPTED;
        }
        ExitCode known =
                codes.stream()
                        .filter(code -> code != BUG)
                        .max(Comparator.comparingInt(ExitCode::number))
                        .orElse(OK);
        return known == OK && codes.contains(BUG) ? BUG : known;
    }
}
