package dev.mgmt.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostReport;
import dev.mgmt.remote.fleet.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonViewTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonView view =
            new JsonView(
                    new PrintStream(written, true, StandardCharsets.UTF_8),
                    () -> Duration.ofMillis(1250));

    @Test
    void everyEventIsOneObjectWithStableNames() {
        List.of(
                        new FleetEvent.Entered("h1", Stage.COPYING),
                        new FleetEvent.ImageReused("h1", "abc"),
                        new FleetEvent.ImageSent("h1", 1, 2),
                        new FleetEvent.Status("h1", Scripted.failed()),
                        new FleetEvent.Retrying(
                                "h1", Scripted.REFUSED, Duration.ofMillis(500), Optional.empty()),
                        new FleetEvent.Failed("h1", Scripted.REFUSED),
                        new FleetEvent.GateRefused("h1", "reading", "a read", 10),
                        new FleetEvent.Pushed(List.of("h1", "h2"), 1, 2, 3),
                        new FleetEvent.EditRefused(
                                Path.of("g.yaml"),
                                List.of(new InputProblem("g.yaml", 3, 5, "bad", "mend it"))),
                        new FleetEvent.AtRest(Duration.ofSeconds(2)))
                .forEach(view::show);

        assertEquals(
                """
                {"event":"stage","at":1.250,"host":"h1","stage":"copying"}
                {"event":"image-reused","at":1.250,"host":"h1","digest":"abc"}
                {"event":"image-sent","at":1.250,"host":"h1","sent":1,"total":2}
                {"event":"status","at":1.250,"host":"h1","status":{"phase":"idle","revision":1,"resources":3,"ok":1,"changed":1,"would-change":0,"failed":1,"blocked":1,"failures":[{"resource":"file[/x]","reason":"no space left on device"}],"blocked-resources":["exec[after]"]}}
                {"event":"retrying","at":1.250,"host":"h1","pause":0.500,"failure":{"cause":"unreachable","stage":"connecting","what":"cannot connect to 192.0.2.1 port 22","why":"connection refused","try":"ssh -p 22 192.0.2.1"}}
                {"event":"host-failed","at":1.250,"host":"h1","failure":{"cause":"unreachable","stage":"connecting","what":"cannot connect to 192.0.2.1 port 22","why":"connection refused","try":"ssh -p 22 192.0.2.1"}}
                {"event":"gate-refused","at":1.250,"host":"h1","kind":"reading","what":"a read","times":10}
                {"event":"pushed","at":1.250,"hosts":["h1","h2"],"added":1,"changed":2,"removed":3}
                {"event":"edit-refused","at":1.250,"file":"g.yaml","problems":[{"file":"g.yaml","line":3,"column":5,"message":"bad","try":"mend it"}]}
                {"event":"at-rest","at":1.250,"took":2.000}
                """,
                written.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatHappensInAnEngineIsAnEventOfItsHost() {
        List.of(
                        new EngineEvent.GraphSwitched(7, "g", 1, 2, 3, 4),
                        new EngineEvent.GraphRefused(8, List.of("a cycle")),
                        new EngineEvent.Applied(Scripted.FILE, "content", ""),
                        new EngineEvent.WouldApply(Scripted.FILE, "mode", "+x"),
                        new EngineEvent.Retrying(Scripted.FILE, "r", 2, Duration.ofSeconds(1)),
                        new EngineEvent.Failed(Scripted.FILE, "r"),
                        new EngineEvent.Output(
                                new ResourceId("exec", "e"), EngineEvent.Stream.STDERR, "oh"),
                        new EngineEvent.Notice("n"))
                .forEach(event -> view.show(new FleetEvent.Engine("h1", event)));

        assertEquals(
                """
                {"event":"graph-switched","at":1.250,"host":"h1","graph":"g","revision":7,"added":1,"changed":2,"removed":3,"kept":4}
                {"event":"graph-refused","at":1.250,"host":"h1","revision":8,"problems":["a cycle"]}
                {"event":"applied","at":1.250,"host":"h1","resource":"file[/x]","property":"content","detail":""}
                {"event":"would-apply","at":1.250,"host":"h1","resource":"file[/x]","property":"mode","detail":"+x"}
                {"event":"resource-retrying","at":1.250,"host":"h1","resource":"file[/x]","reason":"r","attempt":2,"pause":1.000}
                {"event":"resource-failed","at":1.250,"host":"h1","resource":"file[/x]","reason":"r"}
                {"event":"output","at":1.250,"host":"h1","resource":"exec[e]","stream":"stderr","line":"oh"}
                {"event":"notice","at":1.250,"host":"h1","text":"n"}
                """,
                written.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theReportHasEveryHostAndTheExitCode() {
        Map<Stage, Duration> stages =
                Map.of(Stage.RUNNING, Duration.ofMillis(20), Stage.PROBING, Duration.ofMillis(10));
        view.end(
                new FleetReport(
                        FleetReport.End.TIMED_OUT,
                        Duration.ofSeconds(3),
                        List.of(
                                new HostReport.Converged("h1", stages, Scripted.idle(1, 0)),
                                new HostReport.Unfinished("h2", Map.of(), Stage.STARTING),
                                new HostReport.Lost("h3", Map.of(), Scripted.REFUSED))),
                ExitCode.UNREACHABLE);

        assertEquals(
                """
                {"event":"report","at":1.250,"end":"timed-out","took":3.000,"exit":10,"meaning":"host unreachable","hosts":[{"host":"h1","outcome":"converged","stages":{"probing":0.010,"running":0.020},"status":{"phase":"idle","revision":1,"resources":1,"ok":1,"changed":0,"would-change":0,"failed":0,"blocked":0,"failures":[],"blocked-resources":[]}},{"host":"h2","outcome":"unfinished","stages":{},"reached":"starting"},{"host":"h3","outcome":"lost","stages":{},"failure":{"cause":"unreachable","stage":"connecting","what":"cannot connect to 192.0.2.1 port 22","why":"connection refused","try":"ssh -p 22 192.0.2.1"}}]}
                """,
                written.toString(StandardCharsets.UTF_8));
    }

    @Test
    void textThatHasEverythingInItStaysOneLineOfValidJson() {
        assertEquals(
                "{\"k\":\"\\\"\\\\\\n\\u0009\\u001b\\u0000\\u007f\\u009b\\ud800é😀\"}",
                new JsonLine().with("k", "\"\\\n\t\u001b\u0000\u007f\u009b\ud800é😀").toString());
    }

    @Test
    void nothingIsWrittenWhileAQuestionIsOpen() {
        view.show(new FleetEvent.Entered("h1", Stage.COPYING));
        String before = written.toString(StandardCharsets.UTF_8);
        String during =
                view.aside(
                        () -> {
                            view.show(new FleetEvent.Entered("h2", Stage.COPYING));
                            return written.toString(StandardCharsets.UTF_8);
                        });
        assertEquals(before, during);
        assertEquals(
                before
                        + """
                        {"event":"stage","at":1.250,"host":"h2","stage":"copying"}
                        """,
                written.toString(StandardCharsets.UTF_8));
    }
}
