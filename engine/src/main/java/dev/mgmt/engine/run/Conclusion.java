package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Errand;
import dev.mgmt.engine.run.Vertex.Interlude;
import dev.mgmt.engine.run.Vertex.Punctuality;
import dev.mgmt.engine.run.Vertex.Role;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Verdict;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.List;
import java.util.function.Consumer;

/** What comes of a run that has ended: for its vertex, and for those behind it. */
final class Conclusion {
    private final Roster roster;
    private final OwedRefreshes owed;
    private final Tally tally;
    private final Admission admission;
    private final Motion motion;
    private final Requests requests;
    private final Consumer<Effect> effects;

    Conclusion(
            Roster roster,
            OwedRefreshes owed,
            Admission admission,
            Motion motion,
            Requests requests,
            Consumer<Effect> effects) {
        this.roster = roster;
        this.owed = owed;
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
        conclude(vertex, errand, inTime(vertex, outcome));
    }

    /** The last run of a vertex that left the graph has ended: whoever took its place may run. */
    void left(Vertex vertex, Outcome end) {
        Outcome outcome = inTime(vertex, end);
        admission.ended(vertex);
        Vertex heir = roster.retire(vertex);
        if (heir != null && vertex.role == Role.PRESENT && Outcome.mended(outcome)) {
            owed.owe(heir);
        }
        requests.tellMendings(vertex, outcome);
        if (outcome instanceof Outcome.Failed) {
            oweRefresh(vertex);
        } else if (heir == null || heir.refresh == Refresh.NONE) {
            clearRefresh(vertex);
        }
        effects.accept(new Effect.Release(vertex.ticket));
        if (vertex.role == Role.UNDO) {
            motion.startAll(); // Whoever is about the same thing waited for it.
        } else if (heir != null && heir.role == Role.UNDO) {
            motion.start(heir);
        } else if (heir != null) {
            heir.made |= isMade(outcome);
            owed.inherit(heir, vertex);
            if (Outcome.mended(outcome)) {
                // The heir will find it done, and say nothing of it to those behind.
                note(heir, heir.verdict, heir.changes + 1);
                refreshDependants(heir);
            }
            motion.start(heir);
        }
    }

    /** What a run came to that was told to stop: an error, even if it ended well after that. */
    private static Outcome inTime(Vertex vertex, Outcome outcome) {
        if (vertex.punctuality == Punctuality.IN_TIME) {
            return outcome;
        }
        List<Mending> made =
                switch (outcome) {
                    case Outcome.Changed(List<Mending> mendings) -> mendings;
                    case Outcome.Failed(String _, List<Mending> mendings) -> mendings;
                    case Outcome.Good(), Outcome.Deviates(List<Mending> _) -> List.of();
                };
        long millis = vertex.meta.timeout().toMillis();
        String limit = millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
        return new Outcome.Failed("took longer than its timeout of " + limit, made);
    }

    private void conclude(Vertex vertex, Errand errand, Outcome outcome) {
        vertex.made |= isMade(outcome);
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
                owed.owe(vertex);
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
                if (Outcome.mended(failed)) {
                    owed.owe(vertex);
                }
                requests.tellMendings(vertex, failed);
                oweRefresh(vertex);
                if (Outcome.mended(failed)) {
                    // The next try finds that part done, and would not tell those behind.
                    note(vertex, vertex.verdict, vertex.changes + 1);
                    motion.makeDue(vertex);
                    refreshDependants(vertex);
                }
                boolean undoes = vertex.role == Role.UNDO;
                fail(vertex, errand, (undoes ? "cannot be undone: " : "") + failed.reason());
            }
        }
    }

    private void succeed(Vertex vertex) {
        vertex.tries = 0;
        if (vertex.watching == Watching.SPENT) {
            // Disturbed with nobody left to look again, it is as wanted for no one.
            boolean quiet = vertex.interlude == Interlude.QUIET;
            motion.giveUp(vertex, vertex.reason, quiet ? Standing.UNWATCHED : Standing.FAILED);
            return;
        }
        if (vertex.interlude == Interlude.DISTURBED) {
            motion.makeDue(vertex);
            motion.start(vertex);
            return;
        }
        motion.settle(vertex);
        if (vertex.role == Role.UNDO) {
            roster.undone(vertex);
        } else {
            requests.poll(vertex);
        }
    }

    private void fail(Vertex vertex, Errand errand, String reason) {
        if (vertex.watching == Watching.SPENT) {
            motion.giveUp(vertex, reason, Standing.FAILED);
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
            requests.retry(vertex, reason);
        } else {
            boolean known =
                    errand == Errand.PROBE
                            && vertex.standing == Standing.FAILED
                            && vertex.reason.equals(reason);
            if (!known) {
                stirIfProbed(errand);
                motion.giveUp(vertex, reason, Standing.FAILED);
            }
            requests.poll(vertex);
        }
    }

    private static boolean isMade(Outcome outcome) {
        return outcome instanceof Outcome.Good || Outcome.mended(outcome);
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
        if (vertex.carried == Refresh.PENDING && vertex.refresh == Refresh.NONE) {
            owed.done(vertex);
        }
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
