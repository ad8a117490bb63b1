package dev.mgmt.cli.command;

import dev.mgmt.cli.view.GraphText;
import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.graph.ResourceGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Keeps a file, and a picture beside it, of the graph that runs. What fails is only told. */
final class GraphPicture implements Sideline {
    private final Outlets.Picture picture;
    private final Consumer<String> remarks;

    /** An empty one is the end. */
    private final BlockingQueue<Optional<ResourceGraph>> graphs = new LinkedBlockingQueue<>();

    private final Thread thread;

    GraphPicture(Outlets.Picture picture, Consumer<String> remarks) {
        this.picture = picture;
        this.remarks = remarks;
        thread = Thread.ofVirtual().name("picture").start(this::follow);
    }

    @Override
    public void told(EngineEvent event, Engine engine) {
        if (event instanceof EngineEvent.GraphSwitched) {
            graphs.add(Optional.of(engine.graph()));
        }
    }

    private void follow() {
        try {
            Optional<ResourceGraph> next = graphs.take();
            while (next.isPresent()) {
                Optional<ResourceGraph> later = graphs.poll();
                if (later == null) {
                    write(next.get());
                    later = graphs.take();
                } else if (later.isEmpty()) {
                    write(next.get());
                }
                next = later;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(ResourceGraph graph) throws InterruptedException {
        String dot = GraphText.dot(graph);
        try {
            Path drawn = Files.createTempFile("mgmt-graph", ".png");
            try {
                for (Path file : picture.files()) {
                    replace(file, dot.getBytes(StandardCharsets.UTF_8));
                }
                Drawing.draw(picture.filter(), "png", dot, drawn);
                for (Path file : picture.files()) {
                    replace(
                            file.resolveSibling(file.getFileName() + ".png"),
                            Files.readAllBytes(drawn));
                }
            } finally {
                Files.delete(drawn);
            }
        } catch (IOException e) {
            remarks.accept("graphviz: " + e.getMessage());
        }
    }

    /** Who looks at it never sees half a picture. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is still to be written is. */
    @Override
    public void close() {
        graphs.add(Optional.empty());
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
