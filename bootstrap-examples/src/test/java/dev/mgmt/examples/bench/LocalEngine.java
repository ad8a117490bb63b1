package dev.mgmt.examples.bench;

import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.Engines;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.world.MemoryWorld;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import java.nio.charset.StandardCharsets;

/** An engine of this process that a trial drives and waits for. */
final class LocalEngine implements AutoCloseable {
    private final World world = new MemoryWorld().connect();
    private final Engine engine;
    private long submitted;
    private long switchedAt;
    private long appliedAt;
    private long applied;
    private EngineStatus status;

    LocalEngine() {
        engine = Engines.open(EngineOptions.of("bench"), world, this::heard);
        status = engine.status();
    }

    static GraphDefinition read(String text) {
        GraphReader reader = new GraphReader(KindCatalog.installed().kinds());
        return switch (reader.read("bench.yaml", text.getBytes(StandardCharsets.UTF_8))) {
            case GraphReading.Valid valid -> valid.graph();
            case GraphReading.Invalid invalid ->
                    throw new IllegalStateException("a bad graph: " + invalid.problems());
        };
    }

    /** Returns the moment of the submit. */
    synchronized long submit(GraphDefinition graph) {
        submitted++;
        long now = System.nanoTime();
        engine.submit(graph, submitted);
        return now;
    }

    /** Waits until the newest graph is idle and nothing has failed. */
    synchronized void awaitIdle() throws InterruptedException {
        while (status.phase() != Phase.IDLE || status.graphRevision() != submitted) {
            wait();
        }
        if (status.counts().failed() > 0) {
            throw new IllegalStateException("failed: " + status.failures().getFirst());
        }
    }

    /** Waits until so many changes have been applied since it was opened. */
    synchronized void awaitApplied(long count) throws InterruptedException {
        while (applied < count) {
            wait();
        }
    }

    synchronized long applied() {
        return applied;
    }

    /** When the newest graph was switched in. */
    synchronized long switchedAt() {
        return switchedAt;
    }

    synchronized long appliedAt() {
        return appliedAt;
    }

    private synchronized void heard(EngineEvent event) {
        switch (event) {
            case EngineEvent.StatusChanged(EngineStatus now) -> status = now;
            case EngineEvent.GraphSwitched _ -> switchedAt = System.nanoTime();
            case EngineEvent.Applied _ -> {
                applied++;
                appliedAt = System.nanoTime();
            }
            case EngineEvent.GraphRefused refused ->
                    throw new IllegalStateException("refused: " + refused.problems());
            case EngineEvent.Failed _,
                    EngineEvent.Notice _,
                    EngineEvent.Output _,
                    EngineEvent.Retrying _,
                    EngineEvent.WouldApply _ -> {}
        }
        notifyAll();
    }

    @Override
    public void close() {
        engine.close();
        world.close();
    }
}
