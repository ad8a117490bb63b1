package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The graph of the parallel example, by {@code mgmt run}: how much longer than its longest path.
 */
final class CriticalPath {
    private static final Path GRAPH = Path.of("bootstrap-examples/parallel/graph.yaml");

    private CriticalPath() {}

    static void measure(Path image, int runs) throws IOException, InterruptedException {
        Path example = Path.of("").toAbsolutePath().resolve("parallel/graph.yaml");
        Path graph = Files.exists(example) ? example : GRAPH.toAbsolutePath();
        Figures whole = new Figures("mgmt run of the parallel example, 30 s long", "s");
        Figures chain = new Figures("sh -c with the three sleeps of its longest path", "s");
        Figures beyond = new Figures("beyond the longest path", "s");
        for (int i = 0; i < runs; i++) {
            double run =
                    Hosts.Timed.run(
                                    List.of(
                                            image.resolve("bin/mgmt").toString(),
                                            "run",
                                            graph.toString(),
                                            "--converged-timeout",
                                            "0"))
                            .wall();
            double slept =
                    Hosts.Timed.run(List.of("sh", "-c", "sleep 10; sleep 10; sleep 10")).wall();
            whole.add(run);
            chain.add(slept);
            beyond.add(run - slept);
        }
        whole.print();
        chain.print();
        beyond.print();
        whole.printRatioTo(chain);
        new Target("beyond the longest path, start of the program included", 0.3, "s")
                .judge(beyond.median());
    }
}
