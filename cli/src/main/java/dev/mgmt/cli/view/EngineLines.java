package dev.mgmt.cli.view;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import java.util.ArrayList;
import java.util.List;

/** The lines that tell of one engine's events, without the name of its host. */
final class EngineLines {
    private final Verbosity verbosity;

    EngineLines(Verbosity verbosity) {
        this.verbosity = verbosity;
    }

    /** May be none. The lines are not yet fit for a terminal: see {@link Printable}. */
    List<String> of(EngineEvent event) {
        return switch (event) {
            case EngineEvent.GraphSwitched switched -> List.of(switched(switched));
            case EngineEvent.GraphRefused refused ->
                    refused.problems().stream()
                            .map(problem -> "graph refused: " + problem)
                            .toList();
            case EngineEvent.Applied applied ->
                    withDetail(
                            applied.resource() + " " + applied.property() + " applied",
                            verbosity.isAtLeast(Verbosity.VERBOSE) ? applied.detail() : "");
            case EngineEvent.WouldApply would ->
                    withDetail(
                            would.resource() + " would apply " + would.property(), would.detail());
            case EngineEvent.Retrying retrying ->
                    List.of(
                            "%s try %d failed, next in %s: %s"
                                    .formatted(
                                            retrying.resource(),
                                            retrying.attempt(),
                                            Figures.time(retrying.pause()),
                                            retrying.reason()));
            case EngineEvent.Failed failed ->
                    List.of(failed.resource() + " failed: " + failed.reason());
            case EngineEvent.Output output -> List.of(output(output));
            case EngineEvent.Notice notice -> List.of(notice.text());
            case EngineEvent.StatusChanged changed -> ofRest(changed.status());
        };
    }

    /** A line once the engine is at rest, none before. */
    List<String> ofRest(EngineStatus status) {
        return switch (status.phase()) {
            case PREPARING, WORKING -> List.of();
            case IDLE -> List.of(rest(status.counts()));
        };
    }

    private static String rest(EngineStatus.Counts counts) {
        if (counts.failed() > 0) {
            return "at rest with %d failed, %d blocked of %s, %d changed"
                    .formatted(
                            counts.failed(),
                            counts.blocked(),
                            Figures.count(counts.total(), "resource"),
                            counts.changed());
        }
        String would =
                counts.wouldChange() == 0
                        ? ""
                        : ", %d would change".formatted(counts.wouldChange());
        return "converged %s, %d changed%s"
                .formatted(Figures.count(counts.total(), "resource"), counts.changed(), would);
    }

    private static String switched(EngineEvent.GraphSwitched graph) {
        return "graph %s: %d added, %d changed, %d removed, %d kept"
                .formatted(
                        graph.name(),
                        graph.added(),
                        graph.changed(),
                        graph.removed(),
                        graph.kept());
    }

    private static String output(EngineEvent.Output output) {
        return switch (output.stream()) {
            case STDOUT -> output.resource() + ": " + output.line();
            case STDERR -> output.resource() + " (stderr): " + output.line();
        };
    }

    private static List<String> withDetail(String line, String detail) {
        List<String> lines = new ArrayList<>();
        lines.add(line);
        detail.lines().map(each -> "  | " + each).forEach(lines::add);
        return lines;
    }
}
