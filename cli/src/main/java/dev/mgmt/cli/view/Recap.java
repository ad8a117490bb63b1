package dev.mgmt.cli.view;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.HostReport;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a fleet's run ended: a line per host, what went wrong and what to do, the outcome. */
final class Recap {
    private static final int BLOCKED_NAMED = 5;

    private final Plan plan;
    private final Verbosity verbosity;
    private final Palette palette;

    Recap(Plan plan, Verbosity verbosity, Palette palette) {
        this.plan = plan;
        this.verbosity = verbosity;
        this.palette = palette;
    }

    List<String> of(FleetReport report, ExitCode code) {
        List<String> lines = new ArrayList<>();
        int names = width(report.hosts().stream().map(HostReport::host).toList());
        int words = width(report.hosts().stream().map(this::word).toList());
        for (HostReport host : report.hosts()) {
            lines.add(line(host, names, words));
            if (verbosity.isAtLeast(Verbosity.VERBOSE)) {
                lines.add("  " + stages(host.stages()));
            }
        }
        lines.addAll(lost(report));
        report.hosts().forEach(host -> lines.addAll(failures(host)));
        lines.add("");
        lines.add(outcome(report, code));
        return lines;
    }

    private String line(HostReport host, int names, int words) {
        String name = Printable.padded(Printable.line(host.host()), names);
        String word = palette.paint(tone(host), Printable.padded(word(host), words));
        String rest =
                switch (host) {
                    case HostReport.Converged converged -> counts(converged.status().counts());
                    case HostReport.ResourcesFailed failed -> counts(failed.status().counts());
                    case HostReport.Unfinished unfinished ->
                            "while " + FleetLines.word(unfinished.reached());
                    case HostReport.Lost lost -> "while " + FleetLines.word(lost.failure().stage());
                };
        return name + "  " + word + "  " + rest;
    }

    private String counts(EngineStatus.Counts counts) {
        String done =
                switch (plan) {
                    case APPLY -> "changed=%-4d".formatted(counts.changed());
                    case NOOP -> "would change=%-4d".formatted(counts.wouldChange());
                };
        return "resources=%-4d ok=%-4d %s failed=%-4d blocked=%d"
                .formatted(counts.total(), counts.good(), done, counts.failed(), counts.blocked());
    }

    private String word(HostReport host) {
        return switch (host) {
            case HostReport.Converged converged ->
                    switch (plan) {
                        case APPLY -> "converged";
                        case NOOP ->
                                converged.status().counts().wouldChange() > 0
                                        ? "would change"
                                        : "as wanted";
                    };
            case HostReport.ResourcesFailed _ -> "failed";
            case HostReport.Unfinished _ -> "unfinished";
            case HostReport.Lost lost -> word(lost.failure().cause());
        };
    }

    private static String word(HostFailure.Cause cause) {
        return switch (cause) {
            case UNREACHABLE -> "unreachable";
            case LOGIN_REFUSED -> "login refused";
            case HOST_KEY -> "host key";
            case CANNOT_TAKE_AGENT -> "no agent";
            case LINK_LOST -> "link lost";
            case STORE_UNREACHABLE -> "no store";
            case INTERNAL -> "internal error";
        };
    }

    private static Palette.Tone tone(HostReport host) {
        return switch (host) {
            case HostReport.Converged converged ->
                    converged.status().counts().wouldChange() > 0
                            ? Palette.Tone.CHANGED
                            : Palette.Tone.GOOD;
            case HostReport.ResourcesFailed _, HostReport.Unfinished _, HostReport.Lost _ ->
                    Palette.Tone.BAD;
        };
    }

    /** Hosts that are out for the very same reason are told of together. */
    private List<String> lost(FleetReport report) {
        Map<HostFailure, List<String>> hostsByFailure = new LinkedHashMap<>();
        for (HostReport host : report.hosts()) {
            if (host instanceof HostReport.Lost lost) {
                hostsByFailure
                        .computeIfAbsent(lost.failure(), _ -> new ArrayList<>())
                        .add(host.host());
            }
        }
        List<String> lines = new ArrayList<>();
        hostsByFailure.forEach(
                (failure, hosts) ->
                        lines.addAll(
                                problem(
                                        String.join(", ", hosts) + ": " + failure.what(),
                                        failure.why(),
                                        failure.advice())));
        return lines;
    }

    private List<String> failures(HostReport host) {
        return switch (host) {
            case HostReport.ResourcesFailed failed -> failures(failed.host(), failed.status());
            case HostReport.Converged _, HostReport.Unfinished _, HostReport.Lost _ -> List.of();
        };
    }

    private List<String> failures(String host, EngineStatus status) {
        List<String> lines = new ArrayList<>();
        for (EngineStatus.Failure failure : status.failures()) {
            lines.addAll(
                    problem(host + ": " + failure.resource() + " failed", failure.reason(), ""));
        }
        if (!status.blocked().isEmpty()) {
            lines.add(Printable.line("  blocked by it: " + some(status.blocked())));
        }
        return lines;
    }

    private static String some(List<ResourceId> resources) {
        String named =
                resources.stream()
                        .limit(BLOCKED_NAMED)
                        .map(ResourceId::toString)
                        .collect(Collectors.joining(", "));
        int more = resources.size() - BLOCKED_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private List<String> problem(String what, String why, String advice) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(palette.paint(Palette.Tone.BAD, Printable.line(what)));
        if (!why.isEmpty()) {
            lines.add(Printable.line("  why: " + why));
        }
        if (!advice.isEmpty()) {
            lines.add(Printable.line("  try: " + advice));
        }
        return lines;
    }

    private static String stages(Map<Stage, Duration> stages) {
        return new TreeMap<>(stages)
                .entrySet().stream()
                        .filter(entry -> entry.getKey() != Stage.ENDED)
                        .map(
                                entry ->
                                        FleetLines.word(entry.getKey())
                                                + " "
                                                + milliseconds(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String milliseconds(Duration time) {
        return time.compareTo(Duration.ofSeconds(10)) < 0
                ? time.toMillis() + " ms"
                : Figures.time(time);
    }

    private String outcome(FleetReport report, ExitCode code) {
        Map<String, Integer> hostsByWord = new LinkedHashMap<>();
        report.hosts().forEach(host -> hostsByWord.merge(word(host), 1, Integer::sum));
        String hosts =
                hostsByWord.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        String dry = plan == Plan.NOOP ? "dry run, nothing was changed: " : "";
        return "%s%s: %s; took %s; exit %d (%s)"
                .formatted(
                        dry,
                        Figures.count(report.hosts().size(), "host"),
                        hosts,
                        Figures.time(report.took()),
                        code.number(),
                        code.meaning().replace("`", ""));
    }

    private static int width(List<String> texts) {
        return texts.stream()
                .map(Printable::line)
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .max()
                .orElse(0);
    }
}
