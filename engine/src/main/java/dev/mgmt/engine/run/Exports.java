package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.graph.GraphDefinition.Export;
import dev.mgmt.engine.run.Timer.Errand;
import dev.mgmt.engine.run.Timer.WorldTimer;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what this host exports into the store: one transaction for each change of the graph, with
 * the differences only. What a former life of this host left there is removed with the first.
 */
final class Exports {
    private enum Stage {
        /** Nothing asked for yet, or nothing may be written. */
        UNUSED,
        READING,
        IN_STEP,
        COMMITTING,
        /** The store failed; waits for its next try. */
        PAUSED
    }

    private final String host;
    private final Consumer<Effect> effects;
    private final Backoff backoff = new Backoff();
    private Stage stage = Stage.UNUSED;

    /** What the store holds of this host; null until read, and after a commit of unknown fate. */
    private @Nullable Map<String, String> stored;

    private Map<String, String> wanted = Map.of();
    private Map<String, String> committing = Map.of();
    private long written;
    private boolean putsInFlight;

    Exports(String host, Consumer<Effect> effects) {
        this.host = host;
        this.effects = effects;
    }

    /** The store holds what the graph exports. */
    boolean quiet() {
        return stage == Stage.UNUSED || stage == Stage.IN_STEP;
    }

    /** Something of it is under way in the store at this moment. */
    boolean underWay() {
        return stage == Stage.READING || stage == Stage.COMMITTING;
    }

    /** The revision of the last transaction that put something; 0 before the first. */
    long written() {
        return written;
    }

    /**
     * A store that counts from the beginning again is another one: what was written is not in it.
     */
    void storeIsAt(long revision) {
        if (revision < written) {
            written = 0;
            stored = null;
            if (quiet()) {
                advance();
            }
        }
    }

    void want(List<Export> exports) {
        Map<String, String> next = new LinkedHashMap<>();
        for (Export export : exports) {
            next.put(key(export), export.text());
        }
        wanted = next;
        if (quiet()) {
            advance();
        }
    }

    void read(List<World.Entry> entries) {
        Map<String, String> found = new HashMap<>();
        for (World.Entry entry : entries) {
            found.put(entry.key(), entry.value());
        }
        stored = found;
        backoff.succeeded();
        advance();
    }

    void committed(long revision) {
        stored = committing;
        written = putsInFlight ? revision : written;
        backoff.succeeded();
        advance();
    }

    void failed(String reason) {
        // A commit whose answer was lost may have been done: look before the next one.
        stored = null;
        stage = Stage.PAUSED;
        effects.accept(
                new Effect.Tell(
                        new EngineEvent.Notice("exports are not in the store yet: " + reason)));
        effects.accept(new Effect.SetTimer(new WorldTimer(Errand.EXPORTS), backoff.pause()));
    }

    void rang() {
        if (stage == Stage.PAUSED) {
            advance();
        }
    }

    private void advance() {
        if (stored == null) {
            stage = Stage.READING;
            effects.accept(new Effect.ReadExports());
            return;
        }
        List<Write> writes = differences(stored);
        if (writes.isEmpty()) {
            stage = Stage.IN_STEP;
            return;
        }
        stage = Stage.COMMITTING;
        committing = Map.copyOf(wanted);
        effects.accept(new Effect.CommitExports(new Transaction(List.of(), writes)));
    }

    private String key(Export export) {
        return StoreKeys.export(new StoreKeys.Export(host, export.id().kind(), export.id().name()));
    }

    private List<Write> differences(Map<String, String> present) {
        List<Write> writes = new ArrayList<>();
        for (Map.Entry<String, String> export : wanted.entrySet()) {
            if (!export.getValue().equals(present.get(export.getKey()))) {
                writes.add(new Write.Put(export.getKey(), export.getValue(), 0));
            }
        }
        putsInFlight = !writes.isEmpty();
        for (String key : present.keySet()) {
            if (!wanted.containsKey(key)) {
                writes.add(new Write.Delete(key));
            }
        }
        return writes;
    }
}
