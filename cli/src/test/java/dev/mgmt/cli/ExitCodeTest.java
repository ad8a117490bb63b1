package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.HostReport;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
    private static final HostReport GOOD = converged(0);
    private static final HostReport WOULD = converged(2);
    private static final HostReport FAILED = failed();
    private static final HostReport UNFINISHED =
            new HostReport.Unfinished("u", Map.of(), Stage.RUNNING);

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, UNREACHABLE",
        "LOGIN_REFUSED, LOGIN_REFUSED",
        "HOST_KEY, HOST_KEY",
        "CANNOT_TAKE_AGENT, CANNOT_TAKE_AGENT",
        "LINK_LOST, LINK_LOST",
        "STORE_UNREACHABLE, STORE_UNREACHABLE",
        "INTERNAL, BUG"
    })
    void everyCauseThatLosesAHostHasItsOwnNumber(HostFailure.Cause cause, ExitCode expected) {
        assertEquals(expected, atRest(Plan.APPLY, GOOD, lost(cause)));
    }

    @Test
    void aFleetThatConvergedIsZero() {
        assertEquals(ExitCode.OK, atRest(Plan.APPLY, GOOD, GOOD));
    }

    @Test
    void failedResourcesAreOne() {
        assertEquals(ExitCode.RESOURCES_FAILED, atRest(Plan.APPLY, GOOD, FAILED));
    }

    @Test
    void theHighestNumberBelowSeventyWins() {
        assertEquals(
                ExitCode.LINK_LOST,
                atRest(
                        Plan.APPLY,
                        FAILED,
                        lost(HostFailure.Cause.UNREACHABLE),
                        lost(HostFailure.Cause.LINK_LOST),
                        lost(HostFailure.Cause.INTERNAL),
                        lost(HostFailure.Cause.HOST_KEY)));
    }

    @Test
    void aBugAloneIsToldAsABug() {
        assertEquals(ExitCode.BUG, atRest(Plan.APPLY, GOOD, lost(HostFailure.Cause.INTERNAL)));
    }

    @Test
    void changesThatWouldBeMadeCountOnlyInADryRun() {
        assertEquals(ExitCode.WOULD_CHANGE, atRest(Plan.NOOP, GOOD, WOULD));
        assertEquals(ExitCode.OK, atRest(Plan.APPLY, GOOD, WOULD));
        assertEquals(ExitCode.OK, atRest(Plan.NOOP, GOOD));
    }

    @Test
    void aTimeoutIsThreeEvenIfNoHostSaysSo() {
        assertEquals(
                ExitCode.NOT_CONVERGED, code(FleetReport.End.TIMED_OUT, Plan.APPLY, UNFINISHED));
        assertEquals(ExitCode.NOT_CONVERGED, code(FleetReport.End.TIMED_OUT, Plan.APPLY, GOOD));
    }

    @Test
    void aWatchingRunThatIsEndedByItsOperatorIsAsGoodAsItsHosts() {
        assertEquals(ExitCode.OK, code(FleetReport.End.STOPPED, Plan.APPLY, GOOD));
        assertEquals(
                ExitCode.RESOURCES_FAILED, code(FleetReport.End.STOPPED, Plan.APPLY, GOOD, FAILED));
        assertEquals(
                ExitCode.INTERRUPTED, code(FleetReport.End.STOPPED, Plan.APPLY, GOOD, UNFINISHED));
    }

    @ParameterizedTest
    @EnumSource(HostFailure.Cause.class)
    void anInterruptBeforeTheEndGoesBeforeEveryFailure(HostFailure.Cause cause) {
        assertEquals(
                ExitCode.INTERRUPTED,
                code(FleetReport.End.INTERRUPTED, Plan.APPLY, UNFINISHED, lost(cause)));
    }

    private static ExitCode atRest(Plan plan, HostReport... hosts) {
        return code(FleetReport.End.AT_REST, plan, hosts);
    }

    private static ExitCode code(FleetReport.End end, Plan plan, HostReport... hosts) {
        return ExitCode.of(new FleetReport(end, Duration.ofSeconds(1), List.of(hosts)), plan);
    }

    private static HostReport converged(int wouldChange) {
        return new HostReport.Converged("c", Map.of(), status(wouldChange, 0));
    }

    private static HostReport failed() {
        return new HostReport.ResourcesFailed("f", Map.of(), status(0, 1));
    }

    private static HostReport lost(HostFailure.Cause cause) {
        return new HostReport.Lost(
                "l", Map.of(), new HostFailure(cause, Stage.CONNECTING, "what", "why", "try"));
    }

    private static EngineStatus status(int wouldChange, int failed) {
        return new EngineStatus(
                1,
                1,
                EngineStatus.Phase.IDLE,
                1,
                new EngineStatus.Counts(3, 3 - failed, 0, wouldChange, failed, 0),
                failed == 0
                        ? List.of()
                        : List.of(
                                new EngineStatus.Failure(new ResourceId("file", "/x"), "no space")),
                List.of());
    }
}
