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
    private final Companies companies;
    private final Consumer<Effect> effects;
    private int running;

    Admission(
            Enforcement enforcement,
            SemaphoreTable semaphores,
            Tally tally,
            Allowance allowance,
            Companies companies,
            Consumer<Effect> effects) {
        this.enforcement = enforcement;
        this.allowance = allowance;
        this.semaphores = semaphores;
        this.tally = tally;
        this.companies = companies;
        this.effects = effects;
    }

    /** Nothing runs, whether or not something still should. */
    boolean still() {
        return running == 0;
    }

    /**
     * Runs the vertex now or, if it needs a place that is taken, when it is its turn; with its
     * company, where it has one, at the end of the step at the earliest.
     */
    void queue(Vertex vertex, Errand errand) {
        move(vertex, Stage.QUEUED, errand);
        Company company = vertex.company;
        if (company != null && errand == Errand.MEND) {
            companies.enter(company, vertex);
        } else {
            queue(Turn.of(vertex));
        }
    }

    private void queue(Turn turn) {
        if (semaphores.acquire(turn)) {
            begin(turn);
        }
    }

    /**
     * Gives free places to those who wait for them. The last thing in a step: only then is it known
     * who has become due by it, and whose dependants must wait.
     */
    void admit() {
        for (Turn turn : companies.depart()) {
            queue(turn);
        }
        for (Turn next = semaphores.next(); next != null; next = semaphores.next()) {
            queue(next);
        }
    }

    /** A place of a semaphore of the fleet, unless it is wanted no longer. */
    void given(long place) {
        Turn turn = semaphores.given(place);
        if (turn != null) {
            queue(turn);
        }
    }

    /** Out of the queue: it may not run now. */
    void withdraw(Vertex vertex) {
        move(vertex, Stage.RESTING, vertex.errand);
        Turn turn = vertex.turn;
        if (turn == null) {
            companies.leave(vertex);
            return;
        }
        turn.leave(vertex);
        if (turn.members.isEmpty()) {
            semaphores.release(turn);
        }
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

    /** A run is over. Those that it was one action with may not have been told of yet. */
    void ended(Vertex vertex) {
        running--;
        Turn turn = vertex.turn;
        if (turn == null) {
            throw new IllegalStateException("a run without a beginning: " + vertex.ticket);
        }
        turn.leave(vertex);
        if (turn.members.isEmpty()) {
            semaphores.release(turn);
        }
    }

    private void begin(Turn turn) {
        List<Effect.Run> runs = new ArrayList<>(turn.members.size());
        for (Vertex vertex : turn.members) {
            runs.add(begin(vertex));
        }
        effects.accept(runs.size() == 1 ? runs.getFirst() : new Effect.RunTogether(runs));
        for (Vertex vertex : turn.members) {
            limitTime(vertex);
        }
    }

    private void limitTime(Vertex vertex) {
        if (!vertex.meta.timeout().isZero()) {
            VertexTimer timer = new VertexTimer(vertex.ticket, Purpose.TIMEOUT, vertex.runs);
            effects.accept(new Effect.SetTimer(timer, vertex.meta.timeout()));
        }
    }

    private Effect.Run begin(Vertex vertex) {
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
        return new Effect.Run(vertex.ticket, new Attempt(own, vertex.carried));
    }

    private void move(Vertex vertex, Stage stage, Errand errand) {
        tally.without(vertex);
        vertex.stage = stage;
        vertex.errand = errand;
        tally.with(vertex);
    }
}
