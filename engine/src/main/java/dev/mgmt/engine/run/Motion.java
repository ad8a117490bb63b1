package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Errand;
import dev.mgmt.engine.run.Vertex.Interlude;
import dev.mgmt.engine.run.Vertex.Role;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Who becomes due and who may start: what the ends of runs, the news of watches and the switches of
 * graphs have in common.
 *
 * <p>Holds: a vertex starts only while all its predecessors are good, and no one waits in a queue
 * whose predecessor has become due again.
 */
final class Motion {
    private final Roster roster;
    private final Tally tally;
    private final Readiness readiness;
    private final Admission admission;
    private final Requests requests;

    /** Those that do nothing and whose turn has come. */
    private final Deque<Vertex> passing = new ArrayDeque<>();

    private boolean stopping;

    Motion(Roster roster, Admission admission, Requests requests) {
        this.roster = roster;
        this.tally = roster.tally();
        this.readiness = roster.readiness();
        this.admission = admission;
        this.requests = requests;
    }

    /** Nothing starts from now on. */
    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    /** Takes back all who wait for a place: one that leaves must not be given any more. */
    void clearQueue() {
        for (Vertex vertex : admission.clear(roster.vertices())) {
            pollLater(vertex);
        }
    }

    /** Starts whoever can. */
    void startAll() {
        for (Vertex vertex : roster.vertices()) {
            start(vertex);
        }
        pass();
    }

    /** Something happened to the vertex' part of the world, or before it in the graph. */
    void disturb(Vertex vertex) {
        tally.stir();
        if (vertex.stage == Stage.RUNNING) {
            vertex.interlude = Interlude.DISTURBED;
            tally.without(vertex);
            vertex.errand = Errand.MEND;
            tally.with(vertex);
        }
        if (vertex.watching == Watching.SPENT) {
            if (vertex.standing == Standing.UNWATCHED) {
                // Was as wanted, which is not known any more.
                makeDue(vertex);
                readiness.settle(vertex, Standing.FAILED);
            }
            return;
        }
        if (vertex.stage == Stage.QUEUED && vertex.errand == Errand.PROBE) {
            withdraw(vertex);
        }
        makeDue(vertex);
        start(vertex);
    }

    void makeDue(Vertex vertex) {
        if (vertex.standing == Standing.GOOD || vertex.standing == Standing.UNWATCHED) {
            readiness.settle(vertex, Standing.DUE);
            for (Arc arc : vertex.arcs) {
                if (arc.to().stage == Stage.QUEUED && arc.to().unready > 0) {
                    withdraw(arc.to());
                }
            }
        } else {
            readiness.settle(vertex, Standing.DUE);
        }
    }

    void start(Vertex vertex) {
        if (vertex.standing != Standing.DUE || !vertex.ready()) {
            return;
        }
        if (vertex.role == Role.PASSAGE) {
            passing.add(vertex);
        } else if (!mayStart(vertex)) {
            return;
        } else if (Allowance.lets(vertex)) {
            admission.queue(vertex, Errand.MEND);
        } else {
            hesitate(vertex); // A token may be long in coming.
        }
    }

    void probe(Vertex vertex) {
        if (vertex.stage != Stage.RESTING || vertex.standing == Standing.DUE) {
            return; // The run that is due, or under way, sets the next poll.
        }
        if (vertex.ready() && mayStart(vertex)) {
            admission.queue(vertex, Errand.PROBE);
        } else {
            requests.poll(vertex);
        }
    }

    /** Out of the queue for semaphores: it may not run now. */
    void withdraw(Vertex vertex) {
        admission.withdraw(vertex);
        pollLater(vertex);
    }

    /** It will try again: nobody is to wait for it. */
    void hesitate(Vertex vertex) {
        roster.companies().hesitate(vertex);
    }

    /** It is as wanted: who waited for that may start. */
    void settle(Vertex vertex) {
        if (readiness.settle(vertex, Standing.GOOD)) {
            for (Arc arc : vertex.arcs) {
                start(arc.to());
            }
            pass();
        }
    }

    private void pass() {
        for (Vertex vertex = passing.poll(); vertex != null; vertex = passing.poll()) {
            if (readiness.settle(vertex, Standing.GOOD)) {
                for (Arc arc : vertex.arcs) {
                    start(arc.to());
                }
                roster.undone(vertex);
            }
        }
    }

    /**
     * @param failure what kind of one it is
     */
    void giveUp(Vertex vertex, String reason, Standing failure) {
        makeDue(vertex);
        vertex.reason = reason;
        readiness.settle(vertex, failure);
        requests.tellFailure(vertex);
        if (failure == Standing.UNWATCHED) {
            for (Arc arc : vertex.arcs) {
                start(arc.to());
            }
        }
    }

    void move(Vertex vertex, Stage stage, Watching watching) {
        tally.without(vertex);
        vertex.stage = stage;
        vertex.watching = watching;
        tally.with(vertex);
    }

    private boolean mayStart(Vertex vertex) {
        return !stopping && !roster.awaitsOther(vertex);
    }

    /** A probe that was taken back is made up for by the next poll. */
    private void pollLater(Vertex vertex) {
        if (vertex.errand == Errand.PROBE && vertex.standing != Standing.DUE) {
            requests.poll(vertex);
            if (vertex.refresh == Refresh.PENDING) {
                makeDue(vertex); // A tick brought it, and no poll may ever come.
            }
        }
    }
}
