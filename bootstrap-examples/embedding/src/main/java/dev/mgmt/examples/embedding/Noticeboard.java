package dev.mgmt.examples.embedding;

import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Phase;
import dev.mgmt.engine.Engines;
import dev.mgmt.engine.GraphBuilder;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.resource.ResourceId;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * A board with one notice on it, as a directory: whoever takes the notice down or scribbles on it
 * finds it as it was.
 *
 * <p>Everything the engine offers to another program is used once: a graph is made in code, an
 * engine opened, graphs are submitted, its events heard, and it is closed.
 */
public final class Noticeboard implements AutoCloseable {
    private final Path directory;
    private final Consumer<String> log;
    private final BlockingQueue<EngineStatus> standings = new LinkedBlockingQueue<>();
    private final Engine engine;
    private long revision;

    /**
     * @param log told what happens, from the engine's own thread
     */
    public Noticeboard(Path directory, Consumer<String> log) {
        this.directory = directory;
        this.log = log;
        this.engine = Engines.open(EngineOptions.of("noticeboard"), this::heard);
    }

    /** Puts a notice up in place of the one before. Returns at once. */
    public synchronized void post(String notice) {
        revision++;
        engine.submit(graph(notice), revision);
    }

    private GraphDefinition graph(String notice) {
        ResourceId file = new ResourceId("file", "notice");
        ResourceId count = new ResourceId("exec", "count");
        return GraphBuilder.named("noticeboard")
                .add("file", directory + "/", Map.of("state", "exists"))
                .add(
                        "file",
                        "notice",
                        Map.of("path", directory.resolve("notice"), "content", notice + "\n"),
                        Map.of("retry", 3, "delay", 100))
                .add(
                        "exec",
                        "count",
                        Map.of("cmd", "echo seen >> history", "shell", "/bin/sh", "cwd", directory))
                .notify(file, count)
                .build();
    }

    /** Called for every event, one at a time: hands on what takes time. */
    private void heard(EngineEvent event) {
        switch (event) {
            case EngineEvent.GraphSwitched graph ->
                    log.accept("graph %d runs".formatted(graph.revision()));
            case EngineEvent.GraphRefused refused -> log.accept("refused: " + refused.problems());
            case EngineEvent.Applied applied ->
                    log.accept(applied.resource() + ": " + applied.property());
            case EngineEvent.WouldApply would ->
                    log.accept(would.resource() + " would: " + would.property());
            case EngineEvent.Retrying retrying ->
                    log.accept(retrying.resource() + " tries again: " + retrying.reason());
            case EngineEvent.Failed failed ->
                    log.accept(failed.resource() + " failed: " + failed.reason());
            case EngineEvent.Output output -> log.accept(output.line());
            case EngineEvent.Notice notice -> log.accept(notice.text());
            case EngineEvent.StatusChanged(EngineStatus status) -> standings.add(status);
        }
    }

    /** Waits until the newest notice is up, or cannot be. */
    public EngineStatus awaitRest() throws InterruptedException {
        EngineStatus status = standings.take();
        while (status.phase() != Phase.IDLE || status.graphRevision() != newest()) {
            status = standings.take();
        }
        return status;
    }

    private synchronized long newest() {
        return revision;
    }

    /** What is up stays up, but nobody looks after it any more. */
    @Override
    public void close() {
        engine.close();
    }

    /** Every line of the input is a notice; the first argument is the directory. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Noticeboard board =
                new Noticeboard(Path.of(arguments[0]).toAbsolutePath(), IO::println)) {
            for (String line = IO.readln(); line != null; line = IO.readln()) {
                board.post(line);
                IO.println("failed: " + board.awaitRest().failures());
            }
            // In good order: what runs may finish.
            board.engine.stop();
        }
    }
}
