package dev.mgmt.examples.bench;

import dev.mgmt.engine.graph.GraphDefinition;
import java.nio.file.Files;
import java.nio.file.Path;

/** From a graph file to the end of its first full check, in a fresh machine. */
final class GraphTrial {
    private GraphTrial() {}

    public static void main(String[] arguments) throws Exception {
        long alive = Heap.alive();
        long start = System.nanoTime();
        GraphDefinition graph = LocalEngine.read(Files.readString(Path.of(arguments[0])));
        long read = System.nanoTime();
        int vertices = graph.resources().size();
        try (LocalEngine engine = new LocalEngine()) {
            engine.submit(graph);
            engine.awaitIdle();
            long idle = System.nanoTime();
            FreshJvm.tell("cpu", Cpu.here());
            FreshJvm.tell("read", (read - start) / 1e9);
            FreshJvm.tell("built", (engine.switchedAt() - read) / 1e9);
            FreshJvm.tell("checked", (idle - engine.switchedAt()) / 1e9);
            FreshJvm.tell("total", (idle - start) / 1e9);
            FreshJvm.tell("peak", (double) Heap.peak());
            if (engine.applied() > 0) {
                throw new IllegalStateException("something was not as the graph wants it");
            }
            // The engine keeps the definition: it builds the graph anew when exports change.
            FreshJvm.tell("vertex", (double) (Heap.alive() - alive) / vertices);
        }
    }
}
