package dev.mgmt.cli.view;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a dry run has found out about one resource, in lines. */
public final class ExplainedResource {
    private ExplainedResource() {}

    /**
     * @param events all of the dry run
     */
    public static List<String> of(
            ResourceId id, ResourceGraph graph, EngineStatus status, List<EngineEvent> events) {
        List<String> lines = new ArrayList<>();
        lines.add(id.toString());
        graph.edgesInto(id).stream()
                .sorted((one, other) -> one.from().compareTo(other.from()))
                .forEach(edge -> lines.add("  after " + edge.from() + said(edge)));
        graph.edgesFrom(id).stream()
                .sorted((one, other) -> one.to().compareTo(other.to()))
                .forEach(edge -> lines.add("  before " + edge.to()));
        lines.addAll(state(id, graph, status, events));
        return lines;
    }

    private static String said(Edge edge) {
        return switch (edge) {
            case Edge.Order _ -> "";
            case Edge.Notify _ -> ", and again when that is changed";
        };
    }

    private static List<String> state(
            ResourceId id, ResourceGraph graph, EngineStatus status, List<EngineEvent> events) {
        Optional<EngineStatus.Failure> failure =
                status.failures().stream().filter(each -> each.resource().equals(id)).findFirst();
        if (failure.isPresent()) {
            return List.of("  cannot be checked: " + failure.get().reason());
        }
        if (status.blocked().contains(id)) {
            return graph.predecessors(id).stream()
                    .filter(each -> isInTheWay(each, status))
                    .sorted()
                    .map(each -> "  waits for " + each + ", which " + state(each, status))
                    .toList();
        }
        List<String> changes =
                events.stream()
                        .flatMap(
                                event ->
                                        event instanceof EngineEvent.WouldApply would
                                                        && would.resource().equals(id)
                                                ? change(would)
                                                : Stream.empty())
                        .toList();
        if (!changes.isEmpty()) {
            return changes;
        }
        return switch (status.phase()) {
            case IDLE -> List.of("  is as wanted: runs again when its part of the world changes");
            case PREPARING, WORKING -> List.of("  has not been looked at in time");
        };
    }

    private static Stream<String> change(EngineEvent.WouldApply would) {
        return Stream.concat(
                Stream.of("  runs because " + would.property() + " is not as wanted"),
                would.detail().lines().map(line -> "    | " + line));
    }

    private static boolean isInTheWay(ResourceId id, EngineStatus status) {
        return status.blocked().contains(id)
                || status.failures().stream().anyMatch(each -> each.resource().equals(id));
    }

    private static String state(ResourceId id, EngineStatus status) {
        return status.blocked().contains(id) ? "waits itself" : "fails";
    }
}
