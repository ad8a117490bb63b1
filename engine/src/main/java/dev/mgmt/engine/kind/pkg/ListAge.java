package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.os.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * How old the package manager's lists are. A refresh that finds nothing new leaves no trace in
 * them, so the last one is remembered.
 */
final class ListAge {
    /** Lists older than this are fetched anew for whoever wants the newest version. */
    static final Duration OLD = Duration.ofDays(1);

    /** A refresh that failed is not tried again before that: the network may be gone for long. */
    static final Duration PAUSE = Duration.ofHours(1);

    private static final String REMEMBERED = "pkg/refreshed";

    private final StateDirectory state;
    private final InstantSource clock;
    private volatile Instant tried = Instant.MIN;

    ListAge(StateDirectory state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    static ListAge of(StateDirectory state) {
        return new ListAge(state, InstantSource.system());
    }

    /**
     * @param lists the directories they are in; none: the manager sees to them itself
     */
    boolean old(List<Path> lists) throws IOException {
        Instant now = clock.instant();
        if (lists.isEmpty() || tried.isAfter(now.minus(PAUSE))) {
            return false;
        }
        Instant newest = remembered();
        for (Path directory : lists) {
            if (Files.exists(directory)) {
                Instant changed = Files.getLastModifiedTime(directory).toInstant();
                newest = changed.isAfter(newest) ? changed : newest;
            }
        }
        return newest.isBefore(now.minus(OLD));
    }

    void tried() {
        tried = clock.instant();
    }

    void refreshed() throws IOException {
        state.write(REMEMBERED, Long.toString(clock.millis()));
    }

    private Instant remembered() throws IOException {
        try {
            return state.read(REMEMBERED)
                    .map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
                    .orElse(Instant.MIN);
        } catch (NumberFormatException | DateTimeException e) {
            return Instant.MIN;
        }
    }
}
