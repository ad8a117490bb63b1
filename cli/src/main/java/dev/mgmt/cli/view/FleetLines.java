package dev.mgmt.cli.view;

import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.FleetOptions.Plan;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Turns a fleet's events into lines that can be searched, each naming its host. Remembers just
 * enough to time a copy and not to say the same thing twice. Every line comes out fit for a
 * terminal.
 */
final class FleetLines {
    private static final int DIGEST_SHOWN = 12;

    private final Plan plan;
    private final EngineLines engine;
    private final Supplier<Duration> clock;
    private final Map<String, Duration> copyingSince = new HashMap<>();
    private final Map<String, List<String>> lastRest = new HashMap<>();

    /** What was refused more than once, by host and kind: how often is said when the host ends. */
    private final Map<String, Map<String, FleetEvent.GateRefused>> refusals = new HashMap<>();

    FleetLines(Plan plan, Verbosity verbosity, Supplier<Duration> clock) {
        this.plan = plan;
        this.engine = new EngineLines(verbosity);
        this.clock = clock;
    }

    /** The lines for the event's host or fleet; may be none. */
    List<String> of(FleetEvent event) {
        List<String> lines =
                switch (event) {
                    case FleetEvent.Entered entered -> of(entered);
                    case FleetEvent.ImageReused reused -> of(reused);
                    case FleetEvent.ImageSent sent -> of(sent);
                    case FleetEvent.Status status -> of(status);
                    case FleetEvent.Engine told -> about(told.host(), engine.of(told.event()));
                    case FleetEvent.Retrying retrying -> of(retrying);
                    case FleetEvent.Failed failed ->
                            about(failed.host(), sentences(failed.failure()));
                    case FleetEvent.GateRefused refused -> of(refused);
                    case FleetEvent.Pushed pushed -> List.of(pushed(pushed));
                    case FleetEvent.EditRefused edit -> refused(edit);
                    case FleetEvent.AtRest rest ->
                            List.of("fleet at rest after " + Figures.time(rest.took()));
                };
        return lines.stream().map(Printable::line).toList();
    }

    private List<String> of(FleetEvent.Entered entered) {
        if (entered.stage() == Stage.RECONNECTING) {
            lastRest.remove(entered.host());
        }
        return switch (entered.stage()) {
            case WAITING -> List.of();
            case ENDED -> refusedInAll(entered.host());
            case COPYING -> {
                copyingSince.put(entered.host(), clock.get());
                yield about(entered.host(), List.of("copying the image"));
            }
            case CONNECTING, PROBING, STARTING, RUNNING, RECONNECTING, ENDING ->
                    about(entered.host(), List.of(word(entered.stage())));
        };
    }

    private List<String> of(FleetEvent.ImageReused reused) {
        String digest =
                reused.digest().substring(0, Math.min(DIGEST_SHOWN, reused.digest().length()));
        return about(
                reused.host(), List.of("image already there (" + digest + "), nothing copied"));
    }

    private List<String> of(FleetEvent.ImageSent sent) {
        if (sent.sent() < sent.total()) {
            return List.of();
        }
        Duration now = clock.get();
        Duration since = Objects.requireNonNullElse(copyingSince.remove(sent.host()), now);
        return about(
                sent.host(),
                List.of(
                        "copied image %s in %s"
                                .formatted(
                                        Figures.size(sent.total()),
                                        Figures.time(now.minus(since)))));
    }

    private List<String> of(FleetEvent.GateRefused refused) {
        if (refused.times() > 1) {
            refusals.computeIfAbsent(refused.host(), _ -> new TreeMap<>())
                    .put(refused.kind(), refused);
            return List.of();
        }
        return about(refused.host(), List.of("the gate refused: " + refused.what()));
    }

    private List<String> refusedInAll(String host) {
        Map<String, FleetEvent.GateRefused> ofHost = refusals.remove(host);
        return ofHost == null
                ? List.of()
                : about(
                        host,
                        ofHost.values().stream()
                                .map(
                                        refused ->
                                                "the gate refused %d times (%s), at last: %s"
                                                        .formatted(
                                                                refused.times(),
                                                                refused.kind(),
                                                                refused.what()))
                                .toList());
    }

    private List<String> of(FleetEvent.Status status) {
        List<String> rest = engine.ofRest(status.status());
        boolean isNews = !rest.isEmpty() && !rest.equals(lastRest.put(status.host(), rest));
        return isNews ? about(status.host(), rest) : List.of();
    }

    private List<String> of(FleetEvent.Retrying retrying) {
        HostFailure failure = retrying.failure();
        return about(
                retrying.host(),
                List.of(
                        "%s (%s), next try in %s%s"
                                .formatted(
                                        failure.what(),
                                        failure.why(),
                                        Figures.time(retrying.pause()),
                                        retrying.givesUpIn()
                                                .map(left -> ", for another " + Figures.time(left))
                                                .orElse(""))));
    }

    private static List<String> sentences(HostFailure failure) {
        List<String> lines = new ArrayList<>();
        lines.add("out of the run while " + word(failure.stage()) + ": " + failure.what());
        if (!failure.why().isEmpty()) {
            lines.add("  why: " + failure.why());
        }
        if (!failure.advice().isEmpty()) {
            lines.add("  try: " + failure.advice());
        }
        return lines;
    }

    private static String pushed(FleetEvent.Pushed pushed) {
        return "pushed to %s: %d added, %d changed, %d removed"
                .formatted(
                        String.join(", ", pushed.hosts()),
                        pushed.added(),
                        pushed.changed(),
                        pushed.removed());
    }

    private static List<String> refused(FleetEvent.EditRefused edit) {
        List<String> lines = new ArrayList<>();
        edit.problems().stream().map(InputProblem::toString).forEach(lines::add);
        lines.add(edit.file() + ": the edit is not valid, nothing was sent");
        return lines;
    }

    private List<String> about(String host, List<String> lines) {
        String label =
                switch (plan) {
                    case APPLY -> host + ": ";
                    case NOOP -> host + " (dry run): ";
                };
        return lines.stream().map(line -> label + line).toList();
    }

    /** A stage as an activity. */
    static String word(Stage stage) {
        return switch (stage) {
            case WAITING -> "waiting";
            case CONNECTING -> "connecting";
            case PROBING -> "probing";
            case COPYING -> "copying";
            case STARTING -> "starting";
            case RUNNING -> "running";
            case RECONNECTING -> "reconnecting";
            case ENDING -> "ending";
            case ENDED -> "ended";
        };
    }
}
