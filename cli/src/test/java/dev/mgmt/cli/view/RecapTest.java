package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.HostReport;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecapTest {
    private static final Map<Stage, Duration> STAGES =
            Map.of(
                    Stage.CONNECTING, Duration.ofMillis(12),
                    Stage.RUNNING, Duration.ofSeconds(3),
                    Stage.ENDED, Duration.ZERO);

    @Test
    void eachHostHasALineAndEachFailureItsReason() {
        assertEquals(
                """
                h1    converged    resources=5    ok=5    changed=2    failed=0    blocked=0
                db-2  failed       resources=3    ok=1    changed=1    failed=1    blocked=1
                h3    unreachable  while connecting
                h4    unreachable  while connecting

                h3, h4: cannot connect to 192.0.2.1 port 22
                  why: connection refused
                  try: ssh -p 22 192.0.2.1

                db-2: file[/x] failed
                  why: no space left on device
                  blocked by it: exec[after]

                4 hosts: 1 converged, 1 failed, 2 unreachable; took 3.2 s; exit 10 (host unreachable)
                """,
                recap(
                        Plan.APPLY,
                        Verbosity.NORMAL,
                        new HostReport.Converged("h1", STAGES, Scripted.idle(5, 2)),
                        new HostReport.ResourcesFailed("db-2", STAGES, Scripted.failed()),
                        new HostReport.Lost("h3", STAGES, Scripted.REFUSED),
                        new HostReport.Lost("h4", STAGES, Scripted.REFUSED)));
    }

    @Test
    void verboseAddsTheStagesInTheirOrder() {
        assertEquals(
                """
                h1  converged  resources=1    ok=1    changed=0    failed=0    blocked=0
                  connecting 12 ms, running 3000 ms

                1 host: 1 converged; took 3.2 s; exit 0 (everything as asked)
                """,
                recap(
                        Plan.APPLY,
                        Verbosity.VERBOSE,
                        new HostReport.Converged("h1", STAGES, Scripted.idle(1, 0))));
    }

    @Test
    void aDryRunSaysSoInEveryLine() {
        assertEquals(
                """
                h1  would change  resources=5    ok=5    would change=2    failed=0    blocked=0
                h2  as wanted     resources=5    ok=5    would change=0    failed=0    blocked=0

                dry run, nothing was changed: 2 hosts: 1 would change, 1 as wanted; took 3.2 s; exit 5 (--noop: changes would be made)
                """,
                recap(
                        Plan.NOOP,
                        Verbosity.NORMAL,
                        new HostReport.Converged("h1", STAGES, Scripted.wouldChange(5, 2)),
                        new HostReport.Converged("h2", STAGES, Scripted.wouldChange(5, 0))));
    }

    @Test
    void whatAHostSaysCannotSteerTheTerminal() {
        String recap =
                recap(
                        Plan.APPLY,
                        Verbosity.NORMAL,
                        new HostReport.Lost(
                                "h\u001b[1m",
                                STAGES,
                                new HostFailure(
                                        HostFailure.Cause.LINK_LOST,
                                        Stage.RUNNING,
                                        "gone\u001b[2J",
                                        "why\u0007",
                                        "try\nthis")));

        assertEquals(
                """
                h\\x1b[1m  link lost  while running

                h\\x1b[1m: gone\\x1b[2J
                  why: why\\x07
                  try: try\\nthis

                1 host: 1 link lost; took 3.2 s; exit 14 (link lost and not regained)
                """,
                recap);
    }

    @Test
    void colourAddsNothingButColour() {
        FleetReport report = report(new HostReport.Converged("h1", STAGES, Scripted.idle(1, 0)));
        List<String> plain =
                new Recap(Plan.APPLY, Verbosity.NORMAL, Palette.PLAIN).of(report, ExitCode.OK);
        List<String> coloured =
                new Recap(Plan.APPLY, Verbosity.NORMAL, Palette.COLOURED).of(report, ExitCode.OK);

        assertEquals(
                plain,
                coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList());
        assertEquals(true, coloured.getFirst().contains("\u001b[32mconverged\u001b[0m"));
    }

    private static String recap(Plan plan, Verbosity verbosity, HostReport... hosts) {
        FleetReport report = report(hosts);
        return String.join(
                        "\n",
                        new Recap(plan, verbosity, Palette.PLAIN)
                                .of(report, ExitCode.of(report, plan)))
                + "\n";
    }

    private static FleetReport report(HostReport... hosts) {
        return new FleetReport(FleetReport.End.AT_REST, Duration.ofMillis(3200), List.of(hosts));
    }
}
