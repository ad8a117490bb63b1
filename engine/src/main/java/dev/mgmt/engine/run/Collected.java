package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.run.Timer.Errand;
import dev.mgmt.engine.run.Timer.WorldTimer;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What all hosts export, as far as this host has taken it in. Open while a graph collects; a watch
 * that breaks is made anew from a fresh reading, so that nothing in between is missed.
 */
final class Collected {
    private enum Stage {
        CLOSED,
        OPENING,
        OPEN,
        /** The store failed; waits for its next try. */
        PAUSED
    }

    private final Consumer<Effect> effects;
    private final Backoff backoff = new Backoff();
    private final Map<String, World.Entry> entries = new TreeMap<>();
    private Stage stage = Stage.CLOSED;
    private Set<String> kinds = Set.of();
    private long subscription;
    private long taken;

    Collected(Consumer<Effect> effects) {
        this.effects = effects;
    }

    boolean open() {
        return stage == Stage.OPEN;
    }

    boolean quiet() {
        return stage == Stage.OPEN || stage == Stage.CLOSED;
    }

    /** The store's revision up to which exports are known here. */
    long taken() {
        return taken;
    }

    /** Exports of the collected kinds, by key. */
    List<World.Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Follows the exports of these kinds, beside those it follows already. */
    void follow(List<Collect> collects) {
        Set<String> asked = new HashSet<>(kinds);
        for (Collect collect : collects) {
            asked.add(collect.kind());
        }
        if (asked.size() > kinds.size()) {
            close();
            kinds = asked;
            begin();
        }
    }

    /** Tells whether what is collected is another than before. */
    boolean opened(long number, World.Snapshot snapshot) {
        if (number != subscription || stage != Stage.OPENING) {
            return false;
        }
        Map<String, World.Entry> before = new TreeMap<>(entries);
        entries.clear();
        for (World.Entry entry : snapshot.entries()) {
            if (concerns(entry.key())) {
                entries.put(entry.key(), entry);
            }
        }
        stage = Stage.OPEN;
        taken = snapshot.revision();
        backoff.succeeded();
        return !before.equals(entries);
    }

    /** Tells whether what is collected is another than before. */
    boolean changed(long number, long revision, List<World.Change> changes) {
        if (number != subscription || stage != Stage.OPEN) {
            return false;
        }
        boolean differs = false;
        for (World.Change change : changes) {
            differs |= concerns(change.key()) && take(change);
        }
        taken = revision;
        return differs;
    }

    void ended(long number, String reason) {
        if (number != subscription || stage == Stage.CLOSED) {
            return;
        }
        effects.accept(new Effect.CloseCollection(subscription));
        stage = Stage.PAUSED;
        effects.accept(
                new Effect.Tell(
                        new EngineEvent.Notice(
                                "other hosts' exports are out of sight: " + reason)));
        effects.accept(new Effect.SetTimer(new WorldTimer(Errand.COLLECTION), backoff.pause()));
    }

    void rang() {
        if (stage == Stage.PAUSED) {
            begin();
        }
    }

    void close() {
        if (stage == Stage.OPEN || stage == Stage.OPENING) {
            effects.accept(new Effect.CloseCollection(subscription));
        }
        stage = Stage.CLOSED;
        kinds = Set.of();
        entries.clear();
    }

    private void begin() {
        subscription++;
        stage = Stage.OPENING;
        effects.accept(new Effect.OpenCollection(subscription));
    }

    private boolean take(World.Change change) {
        return switch (change) {
            case World.Change.Put(World.Entry entry) -> {
                World.Entry before = entries.put(entry.key(), entry);
                yield before == null || !before.value().equals(entry.value());
            }
            case World.Change.Deleted(String key) -> entries.remove(key) != null;
        };
    }

    private boolean concerns(String key) {
        StoreKeys.Export export = StoreKeys.parseExport(key);
        return export != null && kinds.contains(export.kind());
    }
}
