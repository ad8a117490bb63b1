package dev.mgmt.cli.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.GraphBuilder;
import dev.mgmt.engine.driver.CheckListener.Cause;
import dev.mgmt.engine.driver.CheckListener.Check;
import dev.mgmt.engine.driver.CheckListener.Finding;
import dev.mgmt.engine.graph.GraphBuilding;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final ResourceId FILE = new ResourceId("file", "/a");
    private static final EngineEvent SWITCHED = new EngineEvent.GraphSwitched(1, "g", 1, 0, 0, 0);

    private final Metrics metrics = new Metrics(List.of("exec", "file"));

    @Test
    void everyCombinationOfLabelsIsThereFromTheBeginning() {
        Map<String, Double> samples = Exposition.read(metrics.text());
        assertEquals(16, count(samples, "mgmt_checkapply_total{"));
        assertEquals(4, count(samples, "mgmt_failures{"));
        assertEquals(4, count(samples, "mgmt_failures_total{"));
        assertEquals(2, count(samples, "mgmt_resources{"));
        assertEquals(1, count(samples, "mgmt_graph_start_time_seconds"));
        assertTrue(samples.values().stream().allMatch(value -> value == 0));
    }

    @Test
    void checksAreCountedByWhatTheyWereAndCameTo() {
        metrics.checked(new Check(FILE, Enforcement.APPLY, Cause.NEW, Finding.EVENTFUL));
        metrics.checked(new Check(FILE, Enforcement.APPLY, Cause.NEW, Finding.EVENTFUL));
        metrics.checked(new Check(FILE, Enforcement.APPLY, Cause.NEW, Finding.GOOD));
        metrics.checked(new Check(FILE, Enforcement.CHECK_ONLY, Cause.NEW, Finding.EVENTFUL));
        metrics.checked(new Check(FILE, Enforcement.APPLY, Cause.NEW, Finding.FAILED));
        assertEquals(2, checks("true", "false", "true"));
        assertEquals(1, checks("true", "false", "false"));
        assertEquals(1, checks("false", "false", "true"));
        assertEquals(1, checks("true", "true", "false"));
    }

    private double checks(String apply, String errorful, String eventful) {
        return value(
                "mgmt_checkapply_total{apply=\"%s\",errorful=\"%s\",eventful=\"%s\",kind=\"file\"}"
                        .formatted(apply, errorful, eventful));
    }

    @Test
    void aResourceFailsSoftlyThenHardAndIsGoodAgain() {
        metrics.told(SWITCHED, graphOf("/a"));
        metrics.told(retrying(1), graphOf("/a"));
        metrics.told(retrying(2), graphOf("/a"));
        assertEquals(1, value("mgmt_failures{failure=\"soft\",kind=\"file\"}"));
        assertEquals(2, value("mgmt_failures_total{failure=\"soft\",kind=\"file\"}"));

        metrics.told(new EngineEvent.Failed(FILE, "no"), graphOf("/a"));
        assertEquals(0, value("mgmt_failures{failure=\"soft\",kind=\"file\"}"));
        assertEquals(1, value("mgmt_failures{failure=\"hard\",kind=\"file\"}"));
        assertEquals(1, value("mgmt_failures_total{failure=\"hard\",kind=\"file\"}"));

        metrics.checked(new Check(FILE, Enforcement.APPLY, Cause.NEW, Finding.EVENTFUL));
        assertEquals(0, value("mgmt_failures{failure=\"hard\",kind=\"file\"}"));
        assertEquals(1, value("mgmt_failures_total{failure=\"hard\",kind=\"file\"}"));
    }

    @Test
    void whatLeftTheGraphFailsNoMore() {
        metrics.told(SWITCHED, graphOf("/a", "/b"));
        assertEquals(2, value("mgmt_resources{kind=\"file\"}"));
        assertTrue(value("mgmt_graph_start_time_seconds") > 1.6e9);
        metrics.told(new EngineEvent.Failed(FILE, "no"), graphOf("/a", "/b"));
        metrics.told(SWITCHED, graphOf("/b"));
        assertEquals(1, value("mgmt_resources{kind=\"file\"}"));
        assertEquals(0, value("mgmt_failures{failure=\"hard\",kind=\"file\"}"));
    }

    private static EngineEvent retrying(int attempt) {
        return new EngineEvent.Retrying(FILE, "no", attempt, Duration.ZERO);
    }

    private static ResourceGraph graphOf(String... files) {
        GraphBuilder graph = GraphBuilder.named("g");
        for (String file : files) {
            graph.add("file", file, Map.of());
        }
        return ResourceGraph.of(graph.build(), List.of()) instanceof GraphBuilding.Built built
                ? built.graph()
                : ResourceGraph.empty();
    }

    private double value(String sample) {
        Double value = Exposition.read(metrics.text()).get(sample);
        if (value == null) {
            throw new AssertionError("no " + sample + " in\n" + metrics.text());
        }
        return value;
    }

    private static long count(Map<String, Double> samples, String start) {
        return samples.keySet().stream().filter(name -> name.startsWith(start)).count();
    }
}
