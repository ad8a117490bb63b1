package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Timer.Purpose;
import dev.mgmt.engine.run.Timer.VertexTimer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the course of a vertex asks of the outside: to be told, and to be woken. */
final class Requests {
    private final Pauses pauses;
    private final Consumer<Effect> effects;

    Requests(Pauses pauses, Consumer<Effect> effects) {
        this.pauses = pauses;
        this.effects = effects;
    }

    /** The next look at a polled vertex; none at others. */
    void poll(Vertex vertex) {
        if (vertex.polled()) {
            vertex.timer++;
            VertexTimer timer = new VertexTimer(vertex.ticket, Purpose.POLL, vertex.timer);
            effects.accept(new Effect.SetTimer(timer, vertex.meta.poll()));
        }
    }

    /** The next try of a check-apply. */
    void retry(Vertex vertex, String reason) {
        vertex.timer++;
        VertexTimer timer = new VertexTimer(vertex.ticket, Purpose.RETRY, vertex.timer);
        again(timer, vertex, vertex.tries, reason);
    }

    /** The next try of a watch. */
    void rewatch(Vertex vertex, String reason) {
        vertex.watchTimer++;
        VertexTimer timer = new VertexTimer(vertex.ticket, Purpose.REWATCH, vertex.watchTimer);
        again(timer, vertex, vertex.watchTries, reason);
    }

    private void again(VertexTimer timer, Vertex vertex, int attempt, String reason) {
        Duration pause = pauses.before(attempt, vertex.meta.retries());
        tell(new EngineEvent.Retrying(vertex.ticket.id(), reason, attempt, pause));
        effects.accept(new Effect.SetTimer(timer, pause));
    }

    void tellFailure(Vertex vertex) {
        tell(new EngineEvent.Failed(vertex.ticket.id(), vertex.reason));
    }

    void tellMendings(Vertex vertex, Outcome outcome) {
        ResourceId id = vertex.ticket.id();
        List<Mending> mendings =
                switch (outcome) {
                    case Outcome.Good() -> List.of();
                    case Outcome.Changed(List<Mending> made) -> made;
                    case Outcome.Deviates(List<Mending> wanted) -> wanted;
                    case Outcome.Failed(String _, List<Mending> made) -> made;
                };
        for (Mending mending : mendings) {
            tell(
                    outcome instanceof Outcome.Deviates
                            ? new EngineEvent.WouldApply(id, mending.property(), mending.detail())
                            : new EngineEvent.Applied(id, mending.property(), mending.detail()));
        }
    }

    private void tell(EngineEvent event) {
        effects.accept(new Effect.Tell(event));
    }
}
