package dev.mgmt.cli.metrics;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.driver.CheckListener.Check;
import dev.mgmt.engine.driver.CheckListener.Finding;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What mgmt of old counted, under the same names, with labels in the order of the alphabet as its
 * library wrote them: scripts look for whole lines. Every combination of labels is there from the
 * beginning. Safe for use by many threads.
 */
public final class Metrics {
    /** How a resource fails: with tries left, or for good. */
    private enum Failure {
        SOFT,
        HARD
    }

    private final Map<String, Long> checks = new TreeMap<>();
    private final Map<String, Long> resources = new TreeMap<>();
    private final Map<String, Long> failuresTotal = new TreeMap<>();
    private final Collection<String> kinds;
    private final Map<ResourceId, Failure> failing = new HashMap<>();
    private long graphStart;

    /**
     * @param kinds all that graphs may use
     */
    public Metrics(Collection<String> kinds) {
        this.kinds = kinds;
        for (String kind : kinds) {
            resources.put(labels(kind), 0L);
            for (Failure failure : Failure.values()) {
                failuresTotal.put(labels(kind, failure), 0L);
            }
            for (Enforcement enforcement : Enforcement.values()) {
                for (boolean eventful : new boolean[] {false, true}) {
                    for (boolean errorful : new boolean[] {false, true}) {
                        checks.put(labels(kind, enforcement, eventful, errorful), 0L);
                    }
                }
            }
        }
    }

    /** Comes before what the engine tells of the same check. */
    public synchronized void checked(Check check) {
        String kind = check.resource().kind();
        boolean eventful = check.finding() == Finding.EVENTFUL;
        boolean errorful = check.finding() == Finding.FAILED;
        checks.merge(labels(kind, check.enforcement(), eventful, errorful), 1L, Long::sum);
        if (!errorful) {
            failing.remove(check.resource());
        }
    }

    /**
     * @param graph that runs now
     */
    public synchronized void told(EngineEvent event, ResourceGraph graph) {
        switch (event) {
            case EngineEvent.GraphSwitched _ -> switched(graph);
            case EngineEvent.Retrying retrying -> failed(retrying.resource(), Failure.SOFT);
            case EngineEvent.Failed failed -> failed(failed.resource(), Failure.HARD);
            case EngineEvent.GraphRefused _,
                    EngineEvent.Applied _,
                    EngineEvent.WouldApply _,
                    EngineEvent.Output _,
                    EngineEvent.Notice _,
                    EngineEvent.StatusChanged _ -> {}
        }
    }

    private void switched(ResourceGraph graph) {
        graphStart = Instant.now().getEpochSecond();
        resources.replaceAll((_, _) -> 0L);
        graph.resources().keySet().forEach(id -> resources.merge(labels(id.kind()), 1L, Long::sum));
        failing.keySet().retainAll(graph.resources().keySet());
    }

    private void failed(ResourceId resource, Failure failure) {
        failing.put(resource, failure);
        failuresTotal.merge(labels(resource.kind(), failure), 1L, Long::sum);
    }

    /** The text format, version 0.0.4. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        family(
                text,
                "mgmt_checkapply_total",
                "counter",
                "Number of check-applies that have run.",
                checks);
        family(
                text,
                "mgmt_failures",
                "gauge",
                "Number of resources that fail at present.",
                present());
        family(
                text,
                "mgmt_failures_total",
                "counter",
                "Number of failures since the start.",
                failuresTotal);
        family(
                text,
                "mgmt_graph_start_time_seconds",
                "gauge",
                "Start time of the graph that runs, since the Unix epoch.",
                Map.of("", graphStart));
        family(text, "mgmt_resources", "gauge", "Number of managed resources.", resources);
        return text.toString();
    }

    private Map<String, Long> present() {
        Map<String, Long> present = new TreeMap<>();
        for (String kind : kinds) {
            for (Failure failure : Failure.values()) {
                present.put(labels(kind, failure), 0L);
            }
        }
        failing.forEach((id, failure) -> present.merge(labels(id.kind(), failure), 1L, Long::sum));
        return present;
    }

    private static void family(
            StringBuilder text, String name, String type, String help, Map<String, Long> values) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        values.forEach(
                (labels, value) ->
                        text.append(name).append(labels).append(' ').append(value).append('\n'));
    }

    private static String labels(String kind) {
        return "{kind=\"" + quoted(kind) + "\"}";
    }

    private static String labels(String kind, Failure failure) {
        String word =
                switch (failure) {
                    case SOFT -> "soft";
                    case HARD -> "hard";
                };
        return "{failure=\"" + word + "\",kind=\"" + quoted(kind) + "\"}";
    }

    private static String labels(
            String kind, Enforcement enforcement, boolean eventful, boolean errorful) {
        boolean apply =
                switch (enforcement) {
                    case APPLY -> true;
                    case CHECK_ONLY -> false;
                };
        return "{apply=\"%b\",errorful=\"%b\",eventful=\"%b\",kind=\"%s\"}"
                .formatted(apply, errorful, eventful, quoted(kind));
    }

    private static String quoted(String kind) {
        return kind.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
