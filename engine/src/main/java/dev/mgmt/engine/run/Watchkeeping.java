package dev.mgmt.engine.run;

import dev.mgmt.engine.run.Vertex.Stage;
import dev.mgmt.engine.run.Vertex.Standing;
import dev.mgmt.engine.run.Vertex.Watching;
import java.util.function.Consumer;

/** What becomes of a vertex' watch, and of the vertex by it. */
final class Watchkeeping {
    private final Tally tally;
    private final Motion motion;
    private final Requests requests;
    private final Consumer<Effect> effects;

    Watchkeeping(Tally tally, Motion motion, Requests requests, Consumer<Effect> effects) {
        this.tally = tally;
        this.motion = motion;
        this.requests = requests;
        this.effects = effects;
    }

    void started(Vertex vertex) {
        motion.move(vertex, vertex.stage, Watching.ON);
        if (vertex.standing == Standing.DUE && vertex.stage != Stage.RUNNING) {
            motion.start(vertex);
        } else {
            // A watch that had ended may have missed something.
            motion.disturb(vertex);
        }
    }

    void ended(Vertex vertex, String reason) {
        tally.stir();
        if (vertex.mayTryAgain(vertex.watchTries)) {
            vertex.watchTries++;
            motion.move(vertex, vertex.stage, Watching.PAUSED);
            motion.hesitate(vertex);
            requests.rewatch(vertex, reason);
            return;
        }
        vertex.reason = reason;
        if (vertex.stage == Stage.QUEUED) {
            motion.withdraw(vertex);
        }
        Stage stage = vertex.stage == Stage.RUNNING ? Stage.RUNNING : Stage.RESTING;
        motion.move(vertex, stage, Watching.SPENT);
        if (stage == Stage.RESTING) {
            boolean good =
                    vertex.standing == Standing.GOOD || vertex.standing == Standing.UNWATCHED;
            motion.giveUp(vertex, reason, good ? Standing.UNWATCHED : Standing.FAILED);
        }
    }

    /** The pause after a watch that ended is over. */
    void again(Vertex vertex, long number) {
        if (vertex.watching == Watching.PAUSED && number == vertex.watchTimer) {
            begin(vertex);
        }
    }

    /** A watch whose tries are spent gets new ones. */
    void renew(Vertex vertex) {
        vertex.watchTries = 0;
        if (vertex.watching == Watching.SPENT) {
            begin(vertex);
        }
    }

    private void begin(Vertex vertex) {
        motion.move(vertex, vertex.stage, Watching.STARTING);
        effects.accept(new Effect.StartWatch(vertex.ticket));
    }
}
