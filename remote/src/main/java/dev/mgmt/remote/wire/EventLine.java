package dev.mgmt.remote.wire;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine's event as one line of an agent's standard error. What users wrote (diffs, output of
 * commands) is cut so that a line always stays below {@link #LONGEST} bytes.
 */
public final class EventLine {
    /** More than any line that {@link #text} makes, line end included, in bytes. */
    public static final int LONGEST = 1 << 20;

    /** A character takes at most six bytes, as a JSON escape. */
    private static final int TEXT_LENGTH = 64 * 1024;

    private static final int PROBLEMS_TOLD = 100;
    private static final int PROBLEM_LENGTH = 1000;

    private EventLine() {}

    public static String text(EngineEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (event) {
            case EngineEvent.GraphSwitched it -> putSwitched(fields, it);
            case EngineEvent.GraphRefused it -> {
                fields.put("event", "refused");
                fields.put("revision", it.revision());
                fields.put("problems", told(it.problems()));
            }
            case EngineEvent.Applied it ->
                    putChange(fields, "applied", it.resource(), it.property(), it.detail());
            case EngineEvent.WouldApply it ->
                    putChange(fields, "would-apply", it.resource(), it.property(), it.detail());
            case EngineEvent.Retrying it -> {
                putResource(fields, "retrying", it.resource());
                fields.put("reason", clipped(it.reason()));
                fields.put("attempt", it.attempt());
                fields.put("pauseMillis", it.pause().toMillis());
            }
            case EngineEvent.Failed it -> {
                putResource(fields, "failed", it.resource());
                fields.put("reason", clipped(it.reason()));
            }
            case EngineEvent.Output it -> {
                putResource(fields, "output", it.resource());
                fields.put("stream", Words.of(it.stream()));
                fields.put("line", clipped(it.line()));
            }
            case EngineEvent.Notice it -> {
                fields.put("event", "notice");
                fields.put("text", clipped(it.text()));
            }
            case EngineEvent.StatusChanged it -> {
                fields.put("event", "status");
                fields.put("status", StatusValue.fields(it.status()));
            }
        }
        return Json.line(fields);
    }

    public static EngineEvent read(String line) throws MalformedMessage {
        JsonObject it = JsonObject.read(line);
        String event = it.text("event");
        return switch (event) {
            case "switched" ->
                    new EngineEvent.GraphSwitched(
                            it.number("revision"),
                            it.text("name"),
                            it.count("added"),
                            it.count("changed"),
                            it.count("removed"),
                            it.count("kept"));
            case "refused" ->
                    new EngineEvent.GraphRefused(it.number("revision"), it.texts("problems"));
            case "applied" ->
                    new EngineEvent.Applied(
                            ResourceJson.read(it), it.text("property"), it.text("detail"));
            case "would-apply" ->
                    new EngineEvent.WouldApply(
                            ResourceJson.read(it), it.text("property"), it.text("detail"));
            case "retrying" ->
                    new EngineEvent.Retrying(
                            ResourceJson.read(it),
                            it.text("reason"),
                            it.count("attempt"),
                            Duration.ofMillis(it.number("pauseMillis")));
            case "failed" -> new EngineEvent.Failed(ResourceJson.read(it), it.text("reason"));
            case "output" ->
                    new EngineEvent.Output(
                            ResourceJson.read(it),
                            it.word(EngineEvent.Stream.class, "stream"),
                            it.text("line"));
            case "notice" -> new EngineEvent.Notice(it.text("text"));
            case "status" -> new EngineEvent.StatusChanged(StatusValue.read(it.object("status")));
            default -> throw new MalformedMessage("an event of a kind that is not known");
        };
    }

    private static void putSwitched(Map<String, Object> fields, EngineEvent.GraphSwitched it) {
        fields.put("event", "switched");
        fields.put("revision", it.revision());
        fields.put("name", Words.clipped(it.name(), PROBLEM_LENGTH));
        fields.put("added", it.added());
        fields.put("changed", it.changed());
        fields.put("removed", it.removed());
        fields.put("kept", it.kept());
    }

    private static void putChange(
            Map<String, Object> fields,
            String event,
            ResourceId resource,
            String property,
            String detail) {
        putResource(fields, event, resource);
        fields.put("property", property);
        fields.put("detail", clipped(detail));
    }

    private static void putResource(Map<String, Object> fields, String event, ResourceId resource) {
        fields.put("event", event);
        ResourceJson.put(fields, resource);
    }

    private static String clipped(String text) {
        return Words.clipped(text, TEXT_LENGTH);
    }

    private static List<Object> told(List<String> problems) {
        List<Object> told = new ArrayList<>();
        for (String problem : problems) {
            if (told.size() == PROBLEMS_TOLD) {
                break;
            }
            told.add(Words.clipped(problem, PROBLEM_LENGTH));
        }
        return told;
    }
}
