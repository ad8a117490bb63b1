package dev.mgmt.remote.fleet;

import dev.mgmt.engine.EngineStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is known of one host of a run, kept by the run's owner. */
final class HostCourse {
    private final String host;
    private final Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
    private Stage stage = Stage.WAITING;
    private Instant entered;
    private Optional<EngineStatus> status = Optional.empty();
    private Optional<HostFailure> failure = Optional.empty();
    private Optional<HostFailure> loss = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();

    HostCourse(String host, Instant start) {
        this.host = host;
        this.entered = start;
    }

    /** What the host was worth when the run's end was decided. */
    private record Verdict(Stage reached, Rest rest, Optional<EngineStatus> status) {}

    enum Rest {
        AT_REST,
        NOT_AT_REST
    }

    Stage stage() {
        return stage;
    }

    boolean isOver() {
        return stage == Stage.ENDED;
    }

    boolean hasFailed() {
        return failure.isPresent();
    }

    /** News that were overtaken by the end of the run are none. */
    void enter(Stage next, Instant when) {
        boolean isEnding = stage == Stage.ENDING || stage == Stage.ENDED;
        if (isEnding && next.compareTo(stage) < 0) {
            return;
        }
        if (next == Stage.RUNNING) {
            loss = Optional.empty();
        }
        stages.merge(stage, Duration.between(entered, when), Duration::plus);
        stage = next;
        entered = when;
    }

    void report(EngineStatus latest) {
        status = Optional.of(latest);
    }

    /** Its agent is gone, for this reason, and may come back. */
    void lose(HostFailure reason) {
        loss = Optional.of(reason);
    }

    /** The first reason counts: what follows from it is no news. */
    void fail(HostFailure reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(reason);
        }
    }

    /** The run ends: what the host does from here on does not change its outcome. */
    void decide(Rest rest) {
        verdict = Optional.of(new Verdict(stage, rest, status));
        if (rest == Rest.NOT_AT_REST) {
            loss.map(Failures::stillLost).ifPresent(this::fail);
        }
    }

    HostReport report() {
        Map<Stage, Duration> times = Collections.unmodifiableMap(new EnumMap<>(stages));
        if (failure.isPresent()) {
            return new HostReport.Lost(host, times, failure.get());
        }
        Verdict last =
                verdict.orElseGet(() -> new Verdict(stage, Rest.NOT_AT_REST, Optional.empty()));
        if (last.rest == Rest.NOT_AT_REST || last.status.isEmpty()) {
            return new HostReport.Unfinished(host, times, last.reached);
        }
        EngineStatus standing = last.status.get();
        return standing.counts().failed() > 0 || standing.counts().blocked() > 0
                ? new HostReport.ResourcesFailed(host, times, standing)
                : new HostReport.Converged(host, times, standing);
    }
}
