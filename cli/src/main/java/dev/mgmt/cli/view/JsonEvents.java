package dev.mgmt.cli.view;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.HostFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Events as JSON. The names are a promise to other programs: fields are added, never renamed. */
final class JsonEvents {
    private JsonEvents() {}

    static JsonLine of(FleetEvent event, Duration at) {
        return switch (event) {
            case FleetEvent.Entered entered ->
                    about("stage", at, entered.host()).with("stage", word(entered.stage()));
            case FleetEvent.ImageReused reused ->
                    about("image-reused", at, reused.host()).with("digest", reused.digest());
            case FleetEvent.ImageSent sent ->
                    about("image-sent", at, sent.host())
                            .with("sent", sent.sent())
                            .with("total", sent.total());
            case FleetEvent.Status status ->
                    about("status", at, status.host()).with("status", of(status.status()));
            case FleetEvent.Engine engine -> of(engine.event(), at, engine.host());
            case FleetEvent.Retrying retrying -> of(retrying, at);
            case FleetEvent.Failed failed ->
                    about("host-failed", at, failed.host()).with("failure", of(failed.failure()));
            case FleetEvent.GateRefused refused ->
                    about("gate-refused", at, refused.host())
                            .with("kind", refused.kind())
                            .with("what", refused.what())
                            .with("times", refused.times());
            case FleetEvent.Pushed pushed ->
                    event("pushed", at)
                            .withTexts("hosts", pushed.hosts())
                            .with("added", pushed.added())
                            .with("changed", pushed.changed())
                            .with("removed", pushed.removed());
            case FleetEvent.EditRefused edit ->
                    event("edit-refused", at)
                            .with("file", edit.file().toString())
                            .withObjects(
                                    "problems",
                                    edit.problems().stream().map(JsonEvents::of).toList());
            case FleetEvent.AtRest rest -> event("at-rest", at).with("took", rest.took());
        };
    }

    private static JsonLine of(FleetEvent.Retrying retrying, Duration at) {
        JsonLine line = about("retrying", at, retrying.host()).with("pause", retrying.pause());
        retrying.givesUpIn().ifPresent(left -> line.with("gives-up-in", left));
        return line.with("failure", of(retrying.failure()));
    }

    private static JsonLine of(EngineEvent event, Duration at, String host) {
        return switch (event) {
            case EngineEvent.GraphSwitched graph ->
                    about("graph-switched", at, host)
                            .with("graph", graph.name())
                            .with("revision", graph.revision())
                            .with("added", graph.added())
                            .with("changed", graph.changed())
                            .with("removed", graph.removed())
                            .with("kept", graph.kept());
            case EngineEvent.GraphRefused refused ->
                    about("graph-refused", at, host)
                            .with("revision", refused.revision())
                            .withTexts("problems", refused.problems());
            case EngineEvent.Applied applied ->
                    resource("applied", at, host, applied.resource())
                            .with("property", applied.property())
                            .with("detail", applied.detail());
            case EngineEvent.WouldApply would ->
                    resource("would-apply", at, host, would.resource())
                            .with("property", would.property())
                            .with("detail", would.detail());
            case EngineEvent.Retrying retrying ->
                    resource("resource-retrying", at, host, retrying.resource())
                            .with("reason", retrying.reason())
                            .with("attempt", retrying.attempt())
                            .with("pause", retrying.pause());
            case EngineEvent.Failed failed ->
                    resource("resource-failed", at, host, failed.resource())
                            .with("reason", failed.reason());
            case EngineEvent.Output output ->
                    resource("output", at, host, output.resource())
                            .with("stream", word(output.stream()))
                            .with("line", output.line());
            case EngineEvent.Notice notice -> about("notice", at, host).with("text", notice.text());
            case EngineEvent.StatusChanged changed ->
                    about("status", at, host).with("status", of(changed.status()));
        };
    }

    static JsonLine of(EngineStatus status) {
        EngineStatus.Counts counts = status.counts();
        return new JsonLine()
                .with("phase", word(status.phase()))
                .with("revision", status.graphRevision())
                .with("resources", counts.total())
                .with("ok", counts.good())
                .with("changed", counts.changed())
                .with("would-change", counts.wouldChange())
                .with("failed", counts.failed())
                .with("blocked", counts.blocked())
                .withObjects(
                        "failures",
                        status.failures().stream()
                                .map(
                                        failure ->
                                                new JsonLine()
                                                        .with(
                                                                "resource",
                                                                failure.resource().toString())
                                                        .with("reason", failure.reason()))
                                .toList())
                .withTexts("blocked-resources", texts(status.blocked()));
    }

    static JsonLine of(HostFailure failure) {
        return new JsonLine()
                .with("cause", word(failure.cause()))
                .with("stage", word(failure.stage()))
                .with("what", failure.what())
                .with("why", failure.why())
                .with("try", failure.advice());
    }

    private static JsonLine of(InputProblem problem) {
        return new JsonLine()
                .with("file", problem.file())
                .with("line", problem.line())
                .with("column", problem.column())
                .with("message", problem.message())
                .with("try", problem.advice());
    }

    static JsonLine event(String event, Duration at) {
        return new JsonLine().with("event", event).with("at", at);
    }

    private static JsonLine about(String event, Duration at, String host) {
        return event(event, at).with("host", host);
    }

    private static JsonLine resource(String event, Duration at, String host, ResourceId id) {
        return about(event, at, host).with("resource", id.toString());
    }

    private static List<String> texts(List<ResourceId> resources) {
        return resources.stream().map(ResourceId::toString).toList();
    }

    /** An enum's constant as one word in lower case. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
