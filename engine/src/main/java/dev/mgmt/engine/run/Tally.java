package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineStatus.Counts;
import dev.mgmt.engine.run.Vertex.Role;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Verdict;

/**
 * Counts of all vertices, kept up to date so that a status costs nothing. Every change of a vertex
 * stands between {@link #without} and {@link #with}.
 */
final class Tally {
    private int total;
    private int good;
    private int changed;
    private int wouldChange;
    private int failed;
    private int blocked;
    private int busy;
    private long activity;
    private long troubles;

    void clear() {
        total = 0;
        good = 0;
        changed = 0;
        wouldChange = 0;
        failed = 0;
        blocked = 0;
        busy = 0;
    }

    void with(Vertex vertex) {
        add(vertex, 1);
    }

    void without(Vertex vertex) {
        add(vertex, -1);
    }

    /** Something happened. */
    void stir() {
        activity++;
    }

    /** Grows with all that happens, but for polls that find nothing. */
    long activity() {
        return activity;
    }

    /** Grows whenever a vertex fails or is blocked, and now and then without that. */
    long troubles() {
        return troubles;
    }

    boolean quiet() {
        return busy == 0;
    }

    Counts counts() {
        return new Counts(total, good, changed, wouldChange, failed, blocked);
    }

    private void add(Vertex vertex, int step) {
        if (vertex.role == Role.PASSAGE) {
            return;
        }
        total += step;
        troubles += vertex.standing.failed() || vertex.blocked() ? 1 : 0;
        good += vertex.standing == Standing.GOOD ? step : 0;
        failed += vertex.standing.failed() ? step : 0;
        blocked += vertex.blocked() ? step : 0;
        busy += vertex.busy() ? step : 0;
        changed += vertex.changes > 0 ? step : 0;
        wouldChange += vertex.verdict == Verdict.WOULD_CHANGE ? step : 0;
    }
}
