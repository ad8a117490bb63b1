package dev.mgmt.engine;

import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.os.HostRoot;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.world.MemoryWorld;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * An engine under test with all it has told: graphs go in as text, and a test waits for what it
 * expects. Closing it ends the engine.
 */
public final class GraphTester implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<EngineEvent> events = new ArrayList<>();
    private final World world;
    private final Engine engine;
    private long revision;

    private GraphTester(
            EngineOptions options, World world, Function<HostTools, DriverRegistry> drivers) {
        this.world = world;
        HostTools tools = new HostTools(options.host(), world, state(options));
        engine = Engines.open(options, world, drivers.apply(tools), this::heard);
    }

    private static StateDirectory state(EngineOptions options) {
        return options.stateDirectory()
                .map(StateDirectory::at)
                .orElseGet(StateDirectory::temporary);
    }

    public static GraphTester open() {
        return open(EngineOptions.of("h1"), new MemoryWorld());
    }

    public static GraphTester open(EngineOptions options, MemoryWorld store) {
        return new GraphTester(options, store.connect(), KindCatalog.installed()::drivers);
    }

    public static GraphTester open(
            EngineOptions options, MemoryWorld store, DriverRegistry drivers) {
        return new GraphTester(options, store.connect(), _ -> drivers);
    }

    /** All kinds, on a system of the test's own below another directory. */
    public static GraphTester openAt(EngineOptions options, HostRoot root) {
        return new GraphTester(
                options,
                new MemoryWorld().connect(),
                tools -> {
                    tools.shared(HostRoot.class, _ -> root);
                    return KindCatalog.installed().drivers(tools);
                });
    }

    /**
     * @param world closed with the tester
     */
    public static GraphTester open(EngineOptions options, World world, DriverRegistry drivers) {
        return new GraphTester(options, world, _ -> drivers);
    }

    public static GraphDefinition read(String yaml) {
        GraphReader reader = new GraphReader(KindCatalog.installed().kinds());
        return switch (reader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8))) {
            case GraphReading.Valid valid -> valid.graph();
            case GraphReading.Invalid invalid ->
                    throw new AssertionError("bad graph in a test: " + invalid.problems());
        };
    }

    public Engine engine() {
        return engine;
    }

    /** Submits a graph under the next revision. */
    public GraphTester submit(String yaml) {
        return submit(read(yaml));
    }

    public GraphTester submit(GraphDefinition graph) {
        revision++;
        engine.submit(graph, revision);
        return this;
    }

    /** Submits a graph and waits until it is idle. */
    public EngineStatus converge(String yaml) {
        submit(yaml);
        return awaitIdle();
    }

    /**
     * Waits until the newest graph is idle and returns the very status that said so: the echo of
     * what a resource just wrote may already have woken it again.
     */
    public EngineStatus awaitIdle() {
        AtomicReference<EngineStatus> seen = new AtomicReference<>(engine.status());
        await(
                "idle of graph " + revision,
                () -> {
                    EngineStatus status = engine.status();
                    seen.set(status);
                    return status.phase() == Phase.IDLE && status.graphRevision() == revision;
                });
        return Objects.requireNonNull(seen.get());
    }

    /** Looks whenever something is told and, for what happens to files, now and then. */
    public synchronized void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(
                            "waited in vain for " + what + "\n" + engine.status() + "\n" + events);
                }
                wait(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public synchronized List<EngineEvent> events() {
        return List.copyOf(events);
    }

    public <E extends EngineEvent> List<E> events(Class<E> kind) {
        List<E> found = new ArrayList<>();
        for (EngineEvent event : events()) {
            if (kind.isInstance(event)) {
                found.add(kind.cast(event));
            }
        }
        return found;
    }

    public synchronized void forgetEvents() {
        events.clear();
    }

    @Override
    public void close() {
        engine.close();
        world.close();
    }

    private synchronized void heard(EngineEvent event) {
        events.add(event);
        notifyAll();
    }
}
