package dev.mgmt.engine.run;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.run.Timer.Purpose;
import dev.mgmt.engine.run.Timer.VertexTimer;
import dev.mgmt.engine.run.Vertex.Errand;
import dev.mgmt.engine.run.Vertex.Interlude;
import dev.mgmt.engine.run.Vertex.Punctuality;
import dev.mgmt.engine.run.Vertex.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Lets vertices run that may, as far as semaphores let them through. */
final class Admission {
    private final Enforcement enforcement;
    private final SemaphoreTable semaphores;
    private final Tally tally;
    private final Allowance allowance;
    private final Consumer<Effect> effects;
    private int running;

    Admission(
            Enforcement enforcement,
            SemaphoreTable semaphores,
            Tally tally,
            Allowance allowance,
            Consumer<Effect> effects) {
        this.enforcement = enforcement;
        this.allowance = allowance;
        this.semaphores = semaphores;
        this.tally = tally;
        this.effects = effects;
    }

    /** Nothing runs, whether or not something still should. */
    boolean still() {
        return running == 0;
    }

    /** Runs the vertex now or, if it needs a place that is taken, when it is its turn. */
    void queue(Vertex vertex, Errand errand) {
        move(vertex, Stage.QUEUED, errand);
        if (semaphores.acquire(vertex)) {
            begin(vertex);
        }
    }

    /**
     * Gives free places to those who wait for them. The last thing in a step: only then is it known
     * who has become due by it, and whose dependants must wait.
     */
    void admit() {
        for (Vertex next = semaphores.next(); next != null; next = semaphores.next()) {
            if (semaphores.acquire(next)) {
                begin(next);
            }
        }
    }

    /** Out of the queue: it may not run now. */
    void withdraw(Vertex vertex) {
        move(vertex, Stage.RESTING, vertex.errand);
        semaphores.release(vertex);
    }

    /** All out of the queue; nobody is given a place by that. */
    List<Vertex> clear(Collection<Vertex> vertices) {
        List<Vertex> cleared = new ArrayList<>();
        for (Vertex vertex : vertices) {
            if (vertex.stage == Stage.QUEUED) {
                withdraw(vertex);
                cleared.add(vertex);
            }
        }
        return cleared;
    }

    /** A run is over. */
    void ended(Vertex vertex) {
        running--;
        semaphores.release(vertex);
    }

    private void begin(Vertex vertex) {
        move(vertex, Stage.RUNNING, vertex.errand);
        vertex.interlude = Interlude.QUIET;
        vertex.punctuality = Punctuality.IN_TIME;
        vertex.runs++;
        vertex.carried = vertex.refresh;
        vertex.refresh = Refresh.NONE;
        running++;
        if (vertex.errand == Errand.MEND) {
            tally.stir();
            allowance.take(vertex);
        }
        Enforcement own = vertex.meta.noop() ? Enforcement.CHECK_ONLY : enforcement;
        effects.accept(new Effect.Run(vertex.ticket, new Attempt(own, vertex.carried)));
        if (!vertex.meta.timeout().isZero()) {
            VertexTimer timer = new VertexTimer(vertex.ticket, Purpose.TIMEOUT, vertex.runs);
            effects.accept(new Effect.SetTimer(timer, vertex.meta.timeout()));
        }
    }

    private void move(Vertex vertex, Stage stage, Errand errand) {
        tally.without(vertex);
        vertex.stage = stage;
        vertex.errand = errand;
        tally.with(vertex);
    }
}
