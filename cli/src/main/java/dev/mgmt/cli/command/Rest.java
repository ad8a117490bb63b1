package dev.mgmt.cli.command;

import dev.mgmt.engine.EngineStatus;
import java.time.Duration;
import java.util.Optional;

/** Since when an engine has been at rest, and for how long it still has to be. */
final class Rest {
    private final Optional<Duration> wanted;
    private Optional<Duration> since = Optional.empty();
    private long activity = -1;

    /**
     * @param wanted how long it has to be at rest; empty: it is never long enough
     */
    Rest(Optional<Duration> wanted) {
        this.wanted = wanted;
    }

    /**
     * @param newest the revision of the newest graph the engine was given
     * @param lastExportChange the store's revision that the engine has to have seen
     */
    void take(EngineStatus status, long newest, long lastExportChange, Duration now) {
        boolean settled =
                status.phase() == EngineStatus.Phase.IDLE
                        && status.graphRevision() == newest
                        && status.seen() >= lastExportChange;
        if (!settled) {
            since = Optional.empty();
        } else if (since.isEmpty() || status.activity() != activity) {
            since = Optional.of(now);
        }
        activity = status.activity();
    }

    /** Something was begun that the engine has not told of yet. */
    void disturb() {
        since = Optional.empty();
    }

    /** How long there is still to wait, zero when it was long enough; empty: no end in sight. */
    Optional<Duration> left(Duration now) {
        return wanted.flatMap(
                time ->
                        since.map(
                                begun -> {
                                    Duration left = begun.plus(time).minus(now);
                                    return left.isNegative() ? Duration.ZERO : left;
                                }));
    }
}
