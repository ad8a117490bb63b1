package dev.mgmt.engine.run;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.driver.Attempt.Refresh;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.run.Vertex.Arc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The refreshes that are owed to vertices, as the next engine on this host is to know them. Written
 * down before the change that owes them counts, and crossed out by the success of a run that had
 * them with it. A tick's are not: the next tick brings them again. Nothing is written where only a
 * check is asked for.
 */
final class OwedRefreshes {
    private final Enforcement enforcement;
    private final Consumer<Effect> effects;
    private final Set<ResourceId> owed = new LinkedHashSet<>();

    OwedRefreshes(Enforcement enforcement, Consumer<Effect> effects) {
        this.enforcement = enforcement;
        this.effects = effects;
    }

    /** What an earlier engine owed when it ended. */
    void recall(Collection<ResourceId> earlier) {
        owed.addAll(earlier);
    }

    boolean owes(ResourceId to) {
        return !owed.isEmpty() && owed.contains(to);
    }

    /** To all that this vertex notifies. */
    void owe(Vertex sender) {
        List<ResourceId> fresh = new ArrayList<>(0);
        for (Arc arc : sender.arcs) {
            if (arc.effects() == Arc.Effects.NOTIFY && owed.add(arc.to().ticket.id())) {
                fresh.add(arc.to().ticket.id());
            }
        }
        if (!fresh.isEmpty()) {
            effects.accept(new Effect.NoteOwed(fresh));
        }
    }

    /** To whoever takes the place of one that was owed it. */
    void inherit(Vertex heir, Vertex from) {
        if (from.refresh == Refresh.PENDING) {
            heir.refresh = Refresh.PENDING;
            if (owed.add(heir.ticket.id())) {
                effects.accept(new Effect.NoteOwed(List.of(heir.ticket.id())));
            }
        }
    }

    void done(Vertex receiver) {
        if (!owed.isEmpty()
                && enforcement == Enforcement.APPLY
                && owed.remove(receiver.ticket.id())) {
            effects.accept(new Effect.NotePaid(List.of(receiver.ticket.id())));
        }
    }

    /** Nobody is owed anything who is not in the graph. */
    void keepOnly(Predicate<ResourceId> present) {
        if (owed.isEmpty() || enforcement == Enforcement.CHECK_ONLY) {
            return;
        }
        List<ResourceId> gone = owed.stream().filter(present.negate()).toList();
        if (!gone.isEmpty()) {
            gone.forEach(owed::remove);
            effects.accept(new Effect.NotePaid(gone));
        }
    }
}
