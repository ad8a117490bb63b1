package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetLinesTest {
    private Duration now = Duration.ZERO;
    private final FleetLines lines = new FleetLines(Plan.APPLY, Verbosity.NORMAL, () -> now);

    @Test
    void aCopiedImageIsToldOnceWithItsSizeAndTime() {
        assertEquals(
                List.of("h1: copying the image"),
                at(0, new FleetEvent.Entered("h1", Stage.COPYING)));
        assertEquals(List.of(), at(400, new FleetEvent.ImageSent("h1", 8_000_000, 17_200_000)));
        assertEquals(
                List.of("h1: copied image 17.2 MB in 0.8 s"),
                at(800, new FleetEvent.ImageSent("h1", 17_200_000, 17_200_000)));
    }

    @Test
    void anImageThatIsThereIsNamedByTheBeginningOfItsDigest() {
        assertEquals(
                List.of("h1: image already there (0123456789ab), nothing copied"),
                at(0, new FleetEvent.ImageReused("h1", "0123456789abcdef0123456789abcdef")));
    }

    @Test
    void stagesThatConcernNobodyAreSilent() {
        assertEquals(List.of(), at(0, new FleetEvent.Entered("h1", Stage.WAITING)));
        assertEquals(
                List.of("h1: connecting"), at(0, new FleetEvent.Entered("h1", Stage.CONNECTING)));
        assertEquals(List.of(), at(0, new FleetEvent.Entered("h1", Stage.ENDED)));
    }

    @Test
    void anAppliedPropertyIsOneLineAndItsDiffWaitsForVerbose() {
        FleetEvent applied =
                Scripted.engine(
                        "h1", new EngineEvent.Applied(Scripted.FILE, "content", "-a\n+b\n"));
        FleetLines verbose = new FleetLines(Plan.APPLY, Verbosity.VERBOSE, () -> now);

        assertEquals(List.of("h1: file[/x] content applied"), at(0, applied));
        assertEquals(
                List.of("h1: file[/x] content applied", "h1:   | -a", "h1:   | +b"),
                verbose.of(applied));
    }

    @Test
    void everyLineOfADryRunSaysThatItIsOne() {
        FleetLines dry = new FleetLines(Plan.NOOP, Verbosity.NORMAL, () -> now);

        assertEquals(
                List.of(
                        "h1 (dry run): file[/x] would apply content",
                        "h1 (dry run):   | -a",
                        "h1 (dry run):   | +b"),
                dry.of(
                        Scripted.engine(
                                "h1",
                                new EngineEvent.WouldApply(Scripted.FILE, "content", "-a\n+b\n"))));
    }

    @Test
    void restIsToldAgainOnlyIfItIsAnother() {
        assertEquals(
                List.of("h1: converged 5 resources, 2 changed"),
                at(0, new FleetEvent.Status("h1", Scripted.idle(5, 2))));
        assertEquals(List.of(), at(0, new FleetEvent.Status("h1", Scripted.working(4, 5))));
        assertEquals(List.of(), at(0, new FleetEvent.Status("h1", Scripted.idle(5, 2))));
        assertEquals(
                List.of("h1: converged 5 resources, 3 changed"),
                at(0, new FleetEvent.Status("h1", Scripted.idle(5, 3))));
    }

    @Test
    void restWithFailuresIsNotCalledConverged() {
        assertEquals(
                List.of("h1: at rest with 1 failed, 1 blocked of 3 resources, 1 changed"),
                at(0, new FleetEvent.Status("h1", Scripted.failed())));
    }

    @Test
    void aLostHostComesWithReasonAndAdvice() {
        assertEquals(
                List.of(
                        "h2: out of the run while connecting: cannot connect to 192.0.2.1 port 22",
                        "h2:   why: connection refused",
                        "h2:   try: ssh -p 22 192.0.2.1"),
                at(0, new FleetEvent.Failed("h2", Scripted.REFUSED)));
        assertEquals(
                List.of(
                        "h2: cannot connect to 192.0.2.1 port 22 (connection refused), next try in"
                                + " 0.5 s"),
                at(
                        0,
                        new FleetEvent.Retrying(
                                "h2", Scripted.REFUSED, Duration.ofMillis(500), Optional.empty())));
    }

    @Test
    void aRefusedEditNamesItsPlace() {
        assertEquals(
                List.of(
                        "g.yaml:3:5: unknown key contnt (did you mean content?)",
                        "g.yaml: the edit is not valid, nothing was sent"),
                at(
                        0,
                        new FleetEvent.EditRefused(
                                Path.of("g.yaml"),
                                List.of(
                                        new InputProblem(
                                                "g.yaml",
                                                3,
                                                5,
                                                "unknown key contnt",
                                                "did you mean content?")))));
    }

    @Test
    void theFleetItselfHasLinesToo() {
        assertEquals(
                List.of("pushed to h1, h2: 1 added, 2 changed, 0 removed"),
                at(0, new FleetEvent.Pushed(List.of("h1", "h2"), 1, 2, 0)));
        assertEquals(
                List.of("fleet at rest after 1 min 5 s"),
                at(0, new FleetEvent.AtRest(Duration.ofSeconds(65))));
        assertEquals(
                List.of("h3: the gate refused: a read of /_mgmt/hosts/h1/graph"),
                at(0, refused("a read of /_mgmt/hosts/h1/graph", 1)));
    }

    @Test
    void whatTheGateRefusesManyTimesIsSaidTwice() {
        assertEquals(List.of("h3: the gate refused: x"), at(0, refused("x", 1)));
        assertEquals(List.of(), at(0, refused("y", 10)));
        assertEquals(List.of(), at(0, refused("z", 12)));
        assertEquals(
                List.of("h3: the gate refused 12 times (reading), at last: z"),
                at(0, new FleetEvent.Entered("h3", Stage.ENDED)));
        assertEquals(List.of(), at(0, new FleetEvent.Entered("h3", Stage.ENDED)));
    }

    private static FleetEvent refused(String what, long times) {
        return new FleetEvent.GateRefused("h3", "reading", what, times);
    }

    @Test
    void whatAHostWritesCannotSteerTheTerminal() {
        assertEquals(
                List.of("h1: exec[e]: \\x1b[2J\\x1b]0;title\\x07 \\u{202e}txt.exe\\r"),
                at(0, Scripted.output("h1", "\u001b[2J\u001b]0;title\u0007 \u202etxt.exe\r")));
    }

    private List<String> at(long milliseconds, FleetEvent event) {
        now = Duration.ofMillis(milliseconds);
        return lines.of(event);
    }
}
