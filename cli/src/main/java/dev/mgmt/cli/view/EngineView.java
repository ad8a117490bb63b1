package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import java.util.List;
import java.util.stream.Collectors;

/** How one engine's run on this machine is shown: lines as they come, then what it came to. */
public final class EngineView {
    private final EngineLines lines;
    private final Surroundings surroundings;
    private final String label;
    private List<String> lastRest = List.of();

    public EngineView(Plan plan, Verbosity verbosity, Surroundings surroundings) {
        this.lines = new EngineLines(verbosity);
        this.surroundings = surroundings;
        this.label =
                switch (plan) {
                    case APPLY -> "";
                    case NOOP -> "(dry run) ";
                };
    }

    public void show(EngineEvent event) {
        switch (event) {
            case EngineEvent.StatusChanged(EngineStatus status) -> showRest(status);
            case EngineEvent.Applied _, EngineEvent.WouldApply _ -> {
                remark(lines.of(event));
                FormerLog.of(event).ifPresent(line -> remark(List.of(line)));
            }
            case EngineEvent.GraphSwitched _,
                    EngineEvent.GraphRefused _,
                    EngineEvent.Retrying _,
                    EngineEvent.Failed _,
                    EngineEvent.Output _,
                    EngineEvent.Notice _ ->
                    remark(lines.of(event));
        }
    }

    private void showRest(EngineStatus status) {
        List<String> rest = lines.ofRest(status);
        if (!rest.isEmpty() && !rest.equals(lastRest)) {
            lastRest = rest;
            remark(rest);
        }
    }

    /** A file that cannot be used. */
    public void invalid(List<InputProblem> problems) {
        remark(problems.stream().map(InputProblem::toString).toList());
    }

    /** An edit that cannot be used. */
    public void editRefused(String file, List<InputProblem> problems) {
        invalid(problems);
        remark(List.of(file + ": the edit is not valid, the graph before it goes on"));
    }

    public void warn(List<InputProblem> warnings) {
        remark(warnings.stream().map(warning -> "warning: " + warning).toList());
    }

    /** What it came to. */
    public void end(EngineStatus status, ExitCode code) {
        for (EngineStatus.Failure failure : status.failures()) {
            surroundings.answer(failure.resource() + " failed");
            surroundings.answer("  why: " + failure.reason());
        }
        if (!status.blocked().isEmpty()) {
            surroundings.answer(
                    "  blocked by it: "
                            + status.blocked().stream()
                                    .map(ResourceId::toString)
                                    .collect(Collectors.joining(", ")));
        }
        EngineStatus.Counts counts = status.counts();
        surroundings.answer(
                "%s%s: %d ok, %d changed, %d would change, %d failed, %d blocked; took %s; exit %d (%s)"
                        .formatted(
                                label,
                                Figures.count(counts.total(), "resource"),
                                counts.good(),
                                counts.changed(),
                                counts.wouldChange(),
                                counts.failed(),
                                counts.blocked(),
                                Figures.time(surroundings.clock().get()),
                                code.number(),
                                code.meaning().replace("`", "")));
    }

    private void remark(List<String> texts) {
        texts.forEach(text -> surroundings.remark(label + text));
    }
}
