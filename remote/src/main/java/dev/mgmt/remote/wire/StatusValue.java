package dev.mgmt.remote.wire;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine's standing as the value of a host's status key. Lists are cut to what people read, so
 * that a graph with thousands of failures still fits the store's limit on one value; the counts are
 * always complete. {@code seen} is absent for a graph that collects nothing, and {@code seenValues}
 * for one that reads no values: JSON readers elsewhere cannot hold {@link Long#MAX_VALUE}.
 */
public final class StatusValue {
    private static final int FAILURES_TOLD = 100;
    private static final int BLOCKED_TOLD = 100;
    private static final int REASON_LENGTH = 2000;

    private StatusValue() {}

    public static String text(EngineStatus status) {
        return Json.line(fields(status));
    }

    public static EngineStatus read(String text) throws MalformedMessage {
        return read(JsonObject.read(text));
    }

    static Map<String, Object> fields(EngineStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graph", status.graphRevision());
        if (status.seen() != Long.MAX_VALUE) {
            fields.put("seen", status.seen());
        }
        if (status.seenValues() != Long.MAX_VALUE) {
            fields.put("seenValues", status.seenValues());
        }
        fields.put("phase", Words.of(status.phase()));
        fields.put("activity", status.activity());
        fields.put("counts", counts(status.counts()));
        fields.put("failures", failures(status.failures()));
        fields.put("blocked", blocked(status.blocked()));
        return fields;
    }

    static EngineStatus read(JsonObject object) throws MalformedMessage {
        return new EngineStatus(
                object.number("graph"),
                object.has("seen") ? object.number("seen") : Long.MAX_VALUE,
                object.has("seenValues") ? object.number("seenValues") : Long.MAX_VALUE,
                object.word(EngineStatus.Phase.class, "phase"),
                object.number("activity"),
                counts(object.object("counts")),
                failures(object),
                blocked(object));
    }

    private static Map<String, Object> counts(EngineStatus.Counts counts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total", counts.total());
        fields.put("good", counts.good());
        fields.put("changed", counts.changed());
        fields.put("wouldChange", counts.wouldChange());
        fields.put("failed", counts.failed());
        fields.put("blocked", counts.blocked());
        return fields;
    }

    private static EngineStatus.Counts counts(JsonObject object) throws MalformedMessage {
        return new EngineStatus.Counts(
                object.count("total"),
                object.count("good"),
                object.count("changed"),
                object.count("wouldChange"),
                object.count("failed"),
                object.count("blocked"));
    }

    private static List<Object> failures(List<EngineStatus.Failure> failures) {
        List<Object> told = new ArrayList<>();
        for (EngineStatus.Failure failure : upTo(FAILURES_TOLD, failures)) {
            Map<String, Object> fields = ResourceJson.of(failure.resource());
            fields.put("reason", Words.clipped(failure.reason(), REASON_LENGTH));
            told.add(fields);
        }
        return told;
    }

    private static List<EngineStatus.Failure> failures(JsonObject object) throws MalformedMessage {
        List<EngineStatus.Failure> failures = new ArrayList<>();
        for (JsonObject failure : object.objects("failures")) {
            failures.add(
                    new EngineStatus.Failure(ResourceJson.read(failure), failure.text("reason")));
        }
        return failures;
    }

    private static List<Object> blocked(List<ResourceId> blocked) {
        List<Object> told = new ArrayList<>();
        for (ResourceId id : upTo(BLOCKED_TOLD, blocked)) {
            told.add(ResourceJson.of(id));
        }
        return told;
    }

    private static List<ResourceId> blocked(JsonObject object) throws MalformedMessage {
        List<ResourceId> blocked = new ArrayList<>();
        for (JsonObject resource : object.objects("blocked")) {
            blocked.add(ResourceJson.read(resource));
        }
        return blocked;
    }

    private static <T> List<T> upTo(int most, List<T> all) {
        return all.size() <= most ? all : all.subList(0, most);
    }
}
