package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Meta.RateLimit;
import dev.mgmt.engine.run.Timer.Purpose;
import dev.mgmt.engine.run.Timer.VertexTimer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The token buckets of vertices with a {@code limit}: every check-apply that is not a poll's takes
 * a token. A bucket is full at first; while it is not, a timer brings one token after the other, so
 * that nothing ticks once it is full again. A vertex without a token stays due: whatever happens to
 * it meanwhile leads to the one run that the next token lets through.
 */
final class Allowance {
    private static final long LONGEST_NANOS = Duration.ofDays(36500).toNanos();

    private final Consumer<Effect> effects;

    Allowance(Consumer<Effect> effects) {
        this.effects = effects;
    }

    static boolean lets(Vertex vertex) {
        return !vertex.meta.rate().limits() || vertex.spent < vertex.meta.rate().burst();
    }

    void take(Vertex vertex) {
        if (!vertex.meta.rate().limits()) {
            return;
        }
        vertex.spent++;
        if (vertex.spent == 1) {
            awaitToken(vertex);
        }
    }

    /** A token has come back. */
    void refill(Vertex vertex) {
        vertex.spent--;
        if (vertex.spent > 0) {
            awaitToken(vertex);
        }
    }

    private void awaitToken(Vertex vertex) {
        RateLimit rate = vertex.meta.rate();
        long nanos = Math.min(LONGEST_NANOS, Math.max(1, (long) (1e9 / rate.perSecond())));
        VertexTimer timer = new VertexTimer(vertex.ticket, Purpose.TOKEN, 0);
        effects.accept(new Effect.SetTimer(timer, Duration.ofNanos(nanos)));
    }
}
