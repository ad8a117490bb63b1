package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.exchange.ReceivingResource;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.run.Timer.Purpose;
import dev.mgmt.engine.run.Timer.VertexTimer;
import dev.mgmt.engine.run.Vertex.Arc;
import dev.mgmt.engine.run.Vertex.Punctuality;
import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    private final Motion motion;
    private final Conclusion conclusion;
    private final Watchkeeping watchkeeping;
    private final Allowance allowance;
    private final Consumer<Effect> effects;

    Course(
            Roster roster,
            OwedRefreshes owed,
            Admission admission,
            Allowance allowance,
            Pauses pauses,
            Consumer<Effect> effects) {
        this.roster = roster;
        this.allowance = allowance;
        this.effects = effects;
        Requests requests = new Requests(pauses, effects);
        motion = new Motion(roster, admission, requests);
        conclusion = new Conclusion(roster, owed, admission, motion, requests, effects);
        watchkeeping = new Watchkeeping(roster.tally(), motion, requests, effects);
    }

    void stop() {
        motion.stop();
    }

    /** Takes back all who wait for a place: one that leaves must not be given any more. */
    void clearQueue() {
        motion.clearQueue();
    }

    /** The roster has another graph: who failed gets a new chance, unless it wants none. */
    void regraphed() {
        roster.tally().stir();
        for (Vertex vertex : roster.vertices()) {
            if (vertex.standing.failed() && vertex.meta.has(Trait.REWATCH)) {
                vertex.tries = 0;
                watchkeeping.renew(vertex);
                if (vertex.standing == Standing.FAILED) {
                    motion.makeDue(vertex);
                }
            }
        }
    }

    void startAll() {
        motion.startAll();
    }

    void watchStarted(Ticket ticket) {
        Vertex vertex = staying(ticket);
        if (vertex != null) {
            watchkeeping.started(vertex);
        }
    }

    void watchEnded(Ticket ticket, String reason) {
        Vertex vertex = staying(ticket);
        if (vertex != null) {
            watchkeeping.ended(vertex, reason);
        }
    }

    void disturbed(Ticket ticket) {
        Vertex vertex = staying(ticket);
        if (vertex != null) {
            vertex.watchTries = 0;
            motion.disturb(vertex);
        }
    }

    /** Who receives from this vertex has to look at it again. */
    void gaveOther(Ticket ticket) {
        Vertex vertex = staying(ticket);
        if (vertex == null) {
            return;
        }
        for (Arc arc : vertex.arcs) {
            if (arc.to().resource instanceof ReceivingResource receiving
                    && receiving.receivesFrom(ticket.id())) {
                motion.disturb(arc.to());
            }
        }
    }

    void rang(VertexTimer timer) {
        Vertex vertex = roster.find(timer.vertex());
        if (vertex == null) {
            return;
        }
        if (timer.purpose() == Purpose.TIMEOUT) {
            interrupt(vertex, timer.number());
        } else if (!motion.stopping()) {
            goOn(vertex, timer);
        }
    }

    /** What runs must end in time also when it has left the graph, or all is to end. */
    private void interrupt(Vertex vertex, long run) {
        Turn turn = vertex.turn;
        boolean late = vertex.stage == Stage.RUNNING && vertex.runs == run;
        if (late && turn != null && vertex.punctuality == Punctuality.IN_TIME) {
            turn.members.forEach(member -> member.punctuality = Punctuality.OVERDUE);
            effects.accept(new Effect.Interrupt(vertex.ticket));
        }
    }

    private void goOn(Vertex vertex, VertexTimer timer) {
        switch (timer.purpose()) {
            case RETRY -> {
                if (vertex.stage == Stage.PAUSED && timer.number() == vertex.timer) {
                    motion.move(vertex, Stage.RESTING, vertex.watching);
                    motion.start(vertex);
                }
            }
            case REWATCH -> watchkeeping.again(vertex, timer.number());
            case POLL -> {
                if (timer.number() == vertex.timer) {
                    motion.probe(vertex);
                }
            }
            case TOKEN -> {
                allowance.refill(vertex);
                motion.start(vertex);
            }
            case TIMEOUT -> {}
        }
    }

    void ran(Ticket ticket, Outcome outcome) {
        Vertex vertex = roster.find(ticket);
        if (vertex == null) {
            return;
        }
        if (roster.leaving(vertex)) {
            conclusion.left(vertex, outcome);
        } else {
            conclusion.ran(vertex, outcome);
        }
    }

    private @Nullable Vertex staying(Ticket ticket) {
        Vertex vertex = roster.find(ticket);
        return vertex == null || roster.leaving(vertex) ? null : vertex;
    }
}
