package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostReport;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How a run ended, as JSON. */
final class JsonReport {
    private JsonReport() {}

    static JsonLine of(FleetReport report, ExitCode code, Duration at) {
        return JsonEvents.event("report", at)
                .with("end", JsonEvents.word(report.end()))
                .with("took", report.took())
                .with("exit", code.number())
                .with("meaning", code.meaning())
                .withObjects("hosts", report.hosts().stream().map(JsonReport::of).toList());
    }

    private static JsonLine of(HostReport host) {
        JsonLine line = new JsonLine().with("host", host.host());
        return switch (host) {
            case HostReport.Converged converged ->
                    line.with("outcome", "converged")
                            .with("stages", of(host.stages()))
                            .with("status", JsonEvents.of(converged.status()));
            case HostReport.ResourcesFailed failed ->
                    line.with("outcome", "resources-failed")
                            .with("stages", of(host.stages()))
                            .with("status", JsonEvents.of(failed.status()));
            case HostReport.Unfinished unfinished ->
                    line.with("outcome", "unfinished")
                            .with("stages", of(host.stages()))
                            .with("reached", JsonEvents.word(unfinished.reached()));
            case HostReport.Lost lost ->
                    line.with("outcome", "lost")
                            .with("stages", of(host.stages()))
                            .with("failure", JsonEvents.of(lost.failure()));
        };
    }

    private static JsonLine of(Map<Stage, Duration> stages) {
        JsonLine line = new JsonLine();
        new TreeMap<>(stages).forEach((stage, time) -> line.with(JsonEvents.word(stage), time));
        return line;
    }
}
