package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
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
import org.jspecify.annotations.Nullable;

/**
 * What all hosts have put into one folder of the store, as far as this host has taken it in and
 * built its graph from it. Open while a graph asks for some of it; a watch that breaks is made anew
 * from a fresh reading, so that nothing in between is missed.
 */
final class Collected {
    /** What can be collected. */
    enum Matter {
        /** By kind. */
        EXPORTS(StoreKeys.EXPORTS, "other hosts' exports", Errand.COLLECTION),
        /** By key. */
        VALUES(StoreKeys.VALUES, "the values that hosts say in the store", Errand.VALUES);

        private final String folder;
        private final String name;
        private final Errand errand;

        Matter(String folder, String name, Errand errand) {
            this.folder = folder;
            this.name = name;
            this.errand = errand;
        }

        /** What a graph has to ask for to be given this key; null: nothing gives it. */
        private @Nullable String topic(String key) {
            return switch (this) {
                case EXPORTS -> {
                    StoreKeys.Export export = StoreKeys.parseExport(key);
                    yield export == null ? null : export.kind();
                }
                case VALUES -> {
                    StoreKeys.Value value = StoreKeys.parseValue(key);
                    yield value == null ? null : value.key();
                }
            };
        }
    }

    private enum Stage {
        CLOSED,
        OPENING,
        OPEN,
        /** The store failed; waits for its next try. */
        PAUSED
    }

    private final Matter matter;
    private final Consumer<Effect> effects;
    private final Backoff backoff = new Backoff();
    private final Map<String, World.Entry> entries = new TreeMap<>();
    private Stage stage = Stage.CLOSED;
    private Set<String> topics = Set.of();
    private long opened;
    private long taken;

    /** The store's revision that the graph being built is built from. */
    private long buildingFrom;

    /** The same for the running graph. */
    private long acted;

    /** Of what this host itself has written, as far as it comes back. */
    private long written;

    Collected(Matter matter, Consumer<Effect> effects) {
        this.matter = matter;
        this.effects = effects;
    }

    boolean open() {
        return stage == Stage.OPEN;
    }

    /** Open or closed, and what this host wrote has been acted on. */
    boolean quiet() {
        return stage == Stage.CLOSED || (stage == Stage.OPEN && acted >= written);
    }

    /** The store's revision up to which all is known here and acted on. */
    long acted() {
        return acted;
    }

    void buildBegins() {
        buildingFrom = taken;
    }

    void buildEnds() {
        acted = buildingFrom;
    }

    /** No graph would be another one for what is known by now. */
    void upToDate() {
        if (stage == Stage.OPEN) {
            acted = taken;
        }
    }

    /** This host has written here. */
    void wrote(String key, long revision) {
        if (concerns(key)) {
            written = Math.max(written, revision);
        }
    }

    /** All that is asked for, by key. */
    List<World.Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Follows these, beside those it follows already. Tells whether all of it is known. */
    boolean follow(Set<String> asked) {
        if (asked.isEmpty()) {
            return true;
        }
        Set<String> all = new HashSet<>(topics);
        all.addAll(asked);
        if (all.size() > topics.size()) {
            close();
            topics = all;
            begin();
        }
        return open();
    }

    /** Tells whether what is collected is another than before. */
    boolean opened(Effect.Subscription which, World.Snapshot snapshot) {
        if (!isCurrent(which) || stage != Stage.OPENING) {
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
        // A store that counts from the beginning again is another one: that is not in it.
        written = taken < written ? 0 : written;
        backoff.succeeded();
        return !before.equals(entries);
    }

    /** Tells whether what is collected is another than before. */
    boolean changed(Effect.Subscription which, long revision, List<World.Change> changes) {
        if (!isCurrent(which) || stage != Stage.OPEN) {
            return false;
        }
        boolean differs = false;
        for (World.Change change : changes) {
            differs |= concerns(change.key()) && take(change);
        }
        taken = revision;
        return differs;
    }

    void ended(Effect.Subscription which, String reason) {
        if (!isCurrent(which) || stage == Stage.CLOSED) {
            return;
        }
        effects.accept(new Effect.CloseCollection(current()));
        stage = Stage.PAUSED;
        effects.accept(
                new Effect.Tell(
                        new EngineEvent.Notice(matter.name + " are out of sight: " + reason)));
        effects.accept(new Effect.SetTimer(new WorldTimer(matter.errand), backoff.pause()));
    }

    void rang() {
        if (stage == Stage.PAUSED) {
            begin();
        }
    }

    void close() {
        if (stage == Stage.OPEN || stage == Stage.OPENING) {
            effects.accept(new Effect.CloseCollection(current()));
        }
        stage = Stage.CLOSED;
        topics = Set.of();
        entries.clear();
    }

    private Effect.Subscription current() {
        return new Effect.Subscription(matter.folder, opened);
    }

    private boolean isCurrent(Effect.Subscription which) {
        return which.number() == opened && which.folder().equals(matter.folder);
    }

    private void begin() {
        opened++;
        stage = Stage.OPENING;
        effects.accept(new Effect.OpenCollection(current()));
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
        String topic = matter.topic(key);
        return topic != null && topics.contains(topic);
    }
}
