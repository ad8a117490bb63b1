package dev.mgmt.cli.view;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.remote.fleet.FleetEvent;
import dev.mgmt.remote.fleet.HostFailure;
import dev.mgmt.remote.fleet.Stage;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of one host while a run goes on.
 *
 * @param since when it entered its stage
 */
record HostRow(
        String host,
        Stage stage,
        Duration since,
        long sent,
        long total,
        Optional<EngineStatus> status,
        Optional<HostFailure> failure) {
    /** How much a host wants to be looked at, most first. */
    enum Standing {
        FAILED,
        UNDER_WAY,
        WAITING,
        CONVERGED
    }

    static HostRow of(String host, Duration now) {
        return new HostRow(host, Stage.WAITING, now, 0, 0, Optional.empty(), Optional.empty());
    }

    HostRow after(FleetEvent event, Duration now) {
        return switch (event) {
            case FleetEvent.Entered entered -> in(entered.stage(), now);
            case FleetEvent.ImageSent image -> copied(image.sent(), image.total());
            case FleetEvent.Status told ->
                    new HostRow(
                            host, stage, since, sent, total, Optional.of(told.status()), failure);
            case FleetEvent.Failed failed ->
                    new HostRow(
                            host, stage, since, sent, total, status, Optional.of(failed.failure()));
            case FleetEvent.ImageReused _,
                    FleetEvent.Engine _,
                    FleetEvent.Retrying _,
                    FleetEvent.GateRefused _,
                    FleetEvent.Pushed _,
                    FleetEvent.EditRefused _,
                    FleetEvent.AtRest _ ->
                    this;
        };
    }

    Standing standing() {
        if (failure.isPresent()
                || status.filter(known -> known.counts().failed() > 0).isPresent()) {
            return Standing.FAILED;
        }
        if (isIdle()) {
            return Standing.CONVERGED;
        }
        return stage == Stage.WAITING ? Standing.WAITING : Standing.UNDER_WAY;
    }

    /** How far it is, in a few words. */
    String words() {
        if (failure.isPresent()) {
            return failure.get().what();
        }
        return switch (stage) {
            case COPYING ->
                    "copying %s of %s (%d%%)"
                            .formatted(
                                    Figures.size(sent),
                                    Figures.size(total),
                                    Figures.percent(sent, total));
            case RUNNING, ENDING, ENDED -> status.map(this::words).orElse(FleetLines.word(stage));
            case WAITING, CONNECTING, PROBING, STARTING, RECONNECTING -> FleetLines.word(stage);
        };
    }

    private String words(EngineStatus known) {
        EngineStatus.Counts counts = known.counts();
        String word = isIdle() ? counts.failed() > 0 ? "at rest" : "converged" : "running";
        return "%s %d/%d, %d changed, %d failed"
                .formatted(word, counts.good(), counts.total(), counts.changed(), counts.failed());
    }

    private boolean isIdle() {
        return status.filter(known -> known.phase() == EngineStatus.Phase.IDLE).isPresent();
    }

    private HostRow in(Stage entered, Duration now) {
        // What a host that was lost does now is not known.
        Optional<EngineStatus> known = entered == Stage.RECONNECTING ? Optional.empty() : status;
        return new HostRow(host, entered, now, sent, total, known, failure);
    }

    private HostRow copied(long nowSent, long nowTotal) {
        return new HostRow(host, stage, since, nowSent, nowTotal, status, failure);
    }
}
