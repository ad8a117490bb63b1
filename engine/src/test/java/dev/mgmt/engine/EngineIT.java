package dev.mgmt.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.graph.ResourceGraph;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.ProcessWorld;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EngineIT {
    private final BlockingQueue<EngineEvent> told = new LinkedBlockingQueue<>();

    @Test
    void theGraphThatRunsIsTheNewOneWhenItsSwitchIsTold() throws Exception {
        CompletableFuture<Engine> opened = new CompletableFuture<>();
        BlockingQueue<ResourceGraph> atSwitch = new LinkedBlockingQueue<>();
        try (Engine engine =
                Engines.open(
                        EngineOptions.of("h"),
                        event -> {
                            if (event instanceof EngineEvent.GraphSwitched) {
                                atSwitch.add(opened.join().graph());
                            }
                        })) {
            assertEquals(0, engine.graph().size());
            opened.complete(engine);
            engine.submit(
                    GraphBuilder.named("g")
                            .add("noop", "@@x", Map.of())
                            .add("noop", "own", Map.of())
                            .collect("noop", "")
                            .build(),
                    1);
            assertEquals("g", atSwitch.take().name());
            // Its own export comes back and makes it another graph.
            while (!atSwitch.take().resources().containsKey(new ResourceId("noop", "x"))) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whoeverListensHearsOfEveryCheckOnce() throws Exception {
        List<String> checks = new CopyOnWriteArrayList<>();
        KindCatalog catalog =
                KindCatalog.installed()
                        .heardBy(
                                check ->
                                        checks.add(
                                                "%s %s %s %s"
                                                        .formatted(
                                                                check.resource(),
                                                                check.enforcement(),
                                                                check.cause(),
                                                                check.finding())));
        try (Engine engine =
                Engines.open(EngineOptions.of("h"), new ProcessWorld(), catalog, told::add)) {
            engine.submit(
                    GraphBuilder.named("g")
                            .add("noop", "n", Map.of())
                            .add("exec", "bad", Map.of("cmd", "false"))
                            .add("exec", "dry", Map.of("cmd", "true"), Map.of("noop", true))
                            .build(),
                    1);
            awaitIdle();
        }
        assertEquals(
                List.of(
                        "exec[bad] APPLY NEW FAILED",
                        "exec[dry] CHECK_ONLY NEW EVENTFUL",
                        "noop[n] APPLY NEW GOOD"),
                checks.stream().sorted().toList());
    }

    private void awaitIdle() throws InterruptedException {
        while (true) {
            if (told.take() instanceof EngineEvent.StatusChanged(EngineStatus status)
                    && status.phase() == EngineStatus.Phase.IDLE) {
                return;
            }
        }
    }
}
