package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.run.Timer.VertexTimer;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Errand;
import dev.mgmt.engine.run.Vertex.Interlude;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Verdict;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.function.Consumer;

/**
 * The course of a graph's vertices: who runs when, and what becomes of it. Does no I/O, reads no
 * clock and starts no thread: what is to be done goes out as effects, and the same inputs in the
 * same order give the same effects.
 *
 * <p>Invariants: a vertex runs only while all its predecessors are good, only one run of an id is
 * under way at a time, and whatever disturbs a vertex after a run has begun leads to one more run.
 */
final class Course {
    private final Roster roster;
    private final Tally tally;
    private final Readiness readiness;
    private final Admission admission;
    private final Consumer<Effect> effects;
    private final Requests requests;
    private boolean stopping;

    Course(Roster roster, Admission admission, Consumer<Effect> effects) {
        this.roster = roster;
        this.tally = roster.tally();
        this.readiness = roster.readiness();
        this.admission = admission;
        this.effects = effects;
        requests = new Requests(effects);
    }

    void stop() {
        stopping = true;
    }

    /** Takes back all who wait for a place: one that leaves must not be given any more. */
    void clearQueue() {
        for (Vertex vertex : admission.clear(roster.vertices())) {
            pollLater(vertex);
        }
    }

    /** The roster has another graph: who failed gets a new chance, and who can start does. */
    void regraphed() {
        tally.stir();
        for (Vertex vertex : roster.vertices()) {
            if (vertex.standing == Standing.FAILED) {
                grantNewChance(vertex);
            }
        }
    }

    /** Starts whoever can. */
    void startAll() {
        for (Vertex vertex : roster.vertices()) {
            start(vertex);
        }
    }

    void watchStarted(Ticket ticket) {
        Vertex vertex = roster.find(ticket);
        if (vertex == null || roster.leaving(vertex)) {
            return;
        }
        move(vertex, vertex.stage, Watching.ON);
        if (vertex.standing == Standing.DUE && vertex.stage != Stage.RUNNING) {
            start(vertex);
        } else {
            // A watch that had ended may have missed something.
            disturb(vertex);
        }
    }

    void watchEnded(Ticket ticket, String reason) {
        Vertex vertex = roster.find(ticket);
        if (vertex == null || roster.leaving(vertex)) {
            return;
        }
        tally.stir();
        if (mayTryAgain(vertex, vertex.watchTries)) {
            vertex.watchTries++;
            move(vertex, vertex.stage, Watching.PAUSED);
            requests.tellRetry(vertex, reason, vertex.watchTries);
            requests.rewatch(vertex);
            return;
        }
        vertex.reason = reason;
        if (vertex.stage == Stage.QUEUED) {
            withdraw(vertex);
        }
        Stage stage = vertex.stage == Stage.RUNNING ? Stage.RUNNING : Stage.RESTING;
        move(vertex, stage, Watching.SPENT);
        if (stage == Stage.RESTING) {
            giveUp(vertex, reason);
        }
    }

    void disturbed(Ticket ticket) {
        Vertex vertex = roster.find(ticket);
        if (vertex != null && !roster.leaving(vertex)) {
            vertex.watchTries = 0;
            disturb(vertex);
        }
    }

    void rang(VertexTimer timer) {
        Vertex vertex = roster.find(timer.vertex());
        if (vertex == null || stopping) {
            return;
        }
        switch (timer.purpose()) {
            case RETRY -> {
                if (vertex.stage == Stage.PAUSED && timer.number() == vertex.timer) {
                    move(vertex, Stage.RESTING, vertex.watching);
                    start(vertex);
                }
            }
            case REWATCH -> {
                if (vertex.watching == Watching.PAUSED && timer.number() == vertex.watchTimer) {
                    move(vertex, vertex.stage, Watching.STARTING);
                    effects.accept(new Effect.StartWatch(vertex.ticket));
                }
            }
            case POLL -> {
                if (timer.number() == vertex.timer) {
                    probe(vertex);
                }
            }
        }
    }

    void ran(Ticket ticket, Outcome outcome) {
        Vertex vertex = roster.find(ticket);
        if (vertex == null) {
            return;
        }
        if (roster.leaving(vertex)) {
            admission.ended(vertex);
            requests.tellMendings(vertex, outcome);
            retire(vertex, outcome);
            return;
        }
        Errand errand = vertex.errand;
        move(vertex, Stage.RESTING, vertex.watching);
        admission.ended(vertex);
        conclude(vertex, errand, outcome);
    }

    private void conclude(Vertex vertex, Errand errand, Outcome outcome) {
        switch (outcome) {
            case Outcome.Good() -> {
                note(vertex, Verdict.AS_WANTED, vertex.changes);
                clearRefresh(vertex);
                succeed(vertex);
            }
            case Outcome.Changed changed -> {
                requests.tellMendings(vertex, changed);
                stirIfProbed(errand);
                note(vertex, Verdict.AS_WANTED, vertex.changes + 1);
                clearRefresh(vertex);
                // Before they may start: else they would run without the refresh, and again with.
                refreshDependants(vertex);
                succeed(vertex);
            }
            case Outcome.Deviates deviates -> {
                if (errand == Errand.MEND || vertex.verdict == Verdict.AS_WANTED) {
                    requests.tellMendings(vertex, deviates);
                }
                note(vertex, Verdict.WOULD_CHANGE, vertex.changes);
                oweRefresh(vertex);
                succeed(vertex);
            }
            case Outcome.Failed failed -> {
                requests.tellMendings(vertex, failed);
                oweRefresh(vertex);
                fail(vertex, errand, failed.reason());
            }
        }
    }

    /** Something happened to the vertex' part of the world, or before it in the graph. */
    private void disturb(Vertex vertex) {
        tally.stir();
        if (vertex.stage == Stage.RUNNING) {
            vertex.interlude = Interlude.DISTURBED;
            tally.without(vertex);
            vertex.errand = Errand.MEND;
            tally.with(vertex);
        }
        if (vertex.watching == Watching.SPENT) {
            return;
        }
        if (vertex.stage == Stage.QUEUED && vertex.errand == Errand.PROBE) {
            withdraw(vertex);
        }
        makeDue(vertex);
        start(vertex);
    }

    private void makeDue(Vertex vertex) {
        if (vertex.standing == Standing.GOOD) {
            readiness.settle(vertex, Standing.DUE);
            for (Arc arc : vertex.arcs) {
                if (arc.to().stage == Stage.QUEUED) {
                    withdraw(arc.to());
                }
            }
        } else {
            readiness.settle(vertex, Standing.DUE);
        }
    }

    private void start(Vertex vertex) {
        if (vertex.standing == Standing.DUE && vertex.ready() && mayStart(vertex)) {
            admission.queue(vertex, Errand.MEND);
        }
    }

    private void probe(Vertex vertex) {
        if (vertex.stage != Stage.RESTING || vertex.standing == Standing.DUE) {
            return; // The run that is due, or under way, sets the next poll.
        }
        if (vertex.ready() && mayStart(vertex)) {
            admission.queue(vertex, Errand.PROBE);
        } else {
            requests.poll(vertex);
        }
    }

    private boolean mayStart(Vertex vertex) {
        return !stopping && !roster.awaitsOther(vertex);
    }

    /** Out of the queue for semaphores: it may not run now. */
    private void withdraw(Vertex vertex) {
        admission.withdraw(vertex);
        pollLater(vertex);
    }

    /** A probe that was taken back is made up for by the next poll. */
    private void pollLater(Vertex vertex) {
        if (vertex.errand == Errand.PROBE && vertex.standing != Standing.DUE) {
            requests.poll(vertex);
        }
    }

    private void succeed(Vertex vertex) {
        vertex.tries = 0;
        if (vertex.watching == Watching.SPENT) {
            giveUp(vertex, vertex.reason);
            return;
        }
        if (vertex.interlude == Interlude.DISTURBED) {
            makeDue(vertex);
            start(vertex);
            return;
        }
        if (readiness.settle(vertex, Standing.GOOD)) {
            for (Arc arc : vertex.arcs) {
                start(arc.to());
            }
        }
        requests.poll(vertex);
    }

    private void fail(Vertex vertex, Errand errand, String reason) {
        if (vertex.watching == Watching.SPENT) {
            giveUp(vertex, reason);
        } else if (vertex.interlude == Interlude.DISTURBED) {
            makeDue(vertex);
            start(vertex);
        } else if (mayTryAgain(vertex, vertex.tries)) {
            vertex.tries++;
            tally.without(vertex);
            vertex.stage = Stage.PAUSED;
            vertex.errand = Errand.MEND;
            tally.with(vertex);
            makeDue(vertex);
            requests.tellRetry(vertex, reason, vertex.tries);
            requests.retry(vertex);
        } else {
            boolean known =
                    errand == Errand.PROBE
                            && vertex.standing == Standing.FAILED
                            && vertex.reason.equals(reason);
            if (!known) {
                stirIfProbed(errand);
                giveUp(vertex, reason);
            }
            requests.poll(vertex);
        }
    }

    private void giveUp(Vertex vertex, String reason) {
        makeDue(vertex);
        vertex.reason = reason;
        readiness.settle(vertex, Standing.FAILED);
        requests.tellFailure(vertex);
    }

    private void grantNewChance(Vertex vertex) {
        vertex.tries = 0;
        vertex.watchTries = 0;
        if (vertex.watching == Watching.SPENT) {
            move(vertex, vertex.stage, Watching.STARTING);
            effects.accept(new Effect.StartWatch(vertex.ticket));
        }
        makeDue(vertex);
    }

    private void refreshDependants(Vertex vertex) {
        for (Arc arc : vertex.arcs) {
            if (arc.effects() == Arc.Effects.NOTIFY) {
                arc.to().refresh = Refresh.PENDING;
                disturb(arc.to());
            }
        }
    }

    private void clearRefresh(Vertex vertex) {
        vertex.carried = Refresh.NONE;
    }

    private void oweRefresh(Vertex vertex) {
        if (vertex.carried == Refresh.PENDING) {
            vertex.refresh = Refresh.PENDING;
            vertex.carried = Refresh.NONE;
        }
    }

    /** The last run of a vertex that left the graph has ended: whoever took its place may run. */
    private void retire(Vertex vertex, Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            oweRefresh(vertex);
        }
        Vertex heir = roster.retire(vertex);
        effects.accept(new Effect.Release(vertex.ticket));
        if (heir != null) {
            Roster.inherit(heir, vertex);
            start(heir);
        }
    }

    /** A probe is no activity; what comes of it is. */
    private void stirIfProbed(Errand errand) {
        if (errand == Errand.PROBE) {
            tally.stir();
        }
    }

    private void note(Vertex vertex, Verdict verdict, int changes) {
        tally.without(vertex);
        vertex.verdict = verdict;
        vertex.changes = changes;
        tally.with(vertex);
    }

    private void move(Vertex vertex, Stage stage, Watching watching) {
        tally.without(vertex);
        vertex.stage = stage;
        vertex.watching = watching;
        tally.with(vertex);
    }

    private static boolean mayTryAgain(Vertex vertex, int tries) {
        return vertex.meta.retries().times() < 0 || tries < vertex.meta.retries().times();
    }
}
