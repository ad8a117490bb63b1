package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Errand;
import dev.mgmt.engine.run.Vertex.Interlude;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Verdict;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.function.Consumer;

/** What comes of a run that has ended: for its vertex, and for those behind it. */
final class Conclusion {
    private final Roster roster;
    private final Tally tally;
    private final Admission admission;
    private final Motion motion;
    private final Requests requests;
    private final Consumer<Effect> effects;

    Conclusion(
            Roster roster,
            Admission admission,
            Motion motion,
            Requests requests,
            Consumer<Effect> effects) {
        this.roster = roster;
        this.tally = roster.tally();
        this.admission = admission;
        this.motion = motion;
        this.requests = requests;
        this.effects = effects;
    }

    void ran(Vertex vertex, Outcome outcome) {
        Errand errand = vertex.errand;
        motion.move(vertex, Stage.RESTING, vertex.watching);
        admission.ended(vertex);
        conclude(vertex, errand, outcome);
    }

    /** The last run of a vertex that left the graph has ended: whoever took its place may run. */
    void left(Vertex vertex, Outcome outcome) {
        admission.ended(vertex);
        requests.tellMendings(vertex, outcome);
        if (outcome instanceof Outcome.Failed) {
            oweRefresh(vertex);
        }
        Vertex heir = roster.retire(vertex);
        effects.accept(new Effect.Release(vertex.ticket));
        if (heir != null) {
            Roster.inherit(heir, vertex);
            motion.start(heir);
        }
    }

    private void conclude(Vertex vertex, Errand errand, Outcome outcome) {
        switch (outcome) {
            case Outcome.Good() -> {
                note(vertex, Verdict.AS_WANTED, vertex.changes);
                clearRefresh(vertex);
                if (vertex.ticks && errand == Errand.PROBE && !vertex.meta.noop()) {
                    tick(vertex);
                }
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

    private void succeed(Vertex vertex) {
        vertex.tries = 0;
        if (vertex.watching == Watching.SPENT) {
            motion.giveUp(vertex, vertex.reason);
            return;
        }
        if (vertex.interlude == Interlude.DISTURBED) {
            motion.makeDue(vertex);
            motion.start(vertex);
            return;
        }
        motion.settle(vertex);
        requests.poll(vertex);
    }

    private void fail(Vertex vertex, Errand errand, String reason) {
        if (vertex.watching == Watching.SPENT) {
            motion.giveUp(vertex, reason);
        } else if (vertex.interlude == Interlude.DISTURBED) {
            motion.makeDue(vertex);
            motion.start(vertex);
        } else if (vertex.mayTryAgain(vertex.tries)) {
            vertex.tries++;
            tally.without(vertex);
            vertex.stage = Stage.PAUSED;
            vertex.errand = Errand.MEND;
            tally.with(vertex);
            motion.makeDue(vertex);
            motion.hesitate(vertex);
            requests.tellRetry(vertex, reason, vertex.tries);
            requests.retry(vertex);
        } else {
            boolean known =
                    errand == Errand.PROBE
                            && vertex.standing == Standing.FAILED
                            && vertex.reason.equals(reason);
            if (!known) {
                stirIfProbed(errand);
                motion.giveUp(vertex, reason);
            }
            requests.poll(vertex);
        }
    }

    private void refreshDependants(Vertex vertex) {
        for (Arc arc : vertex.arcs) {
            if (arc.effects() == Arc.Effects.NOTIFY) {
                arc.to().refresh = Refresh.PENDING;
                motion.disturb(arc.to());
            }
        }
    }

    /** A tick is no activity, and those it refreshes are only looked at: what they do may be. */
    private void tick(Vertex vertex) {
        for (Arc arc : vertex.arcs) {
            if (arc.effects() == Arc.Effects.NOTIFY) {
                arc.to().refresh = Refresh.PENDING;
                if (arc.to().standing == Standing.GOOD && arc.to().ready()) {
                    motion.probe(arc.to());
                } else {
                    motion.disturb(arc.to());
                }
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
}
