package dev.mgmt.examples.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code bench NAME [RUNS]}: of whole runs warm, ten, agent, repair, parallel and link; of the
 * engine graph, switch and burst.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]);
        if (!Files.isExecutable(image.resolve("bin/mgmt"))) {
            throw new IllegalStateException(
                    "no image at " + image + ": run mvn -DskipTests package first");
        }
        String name = arguments.length > 1 ? arguments[1] : "";
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 9;
        Machine.print();
        switch (name) {
            case "warm" -> WarmRun.measure(image, runs);
            case "ten" -> TenHosts.measure(image, runs);
            case "agent" -> AgentFootprint.measure(image, runs);
            case "repair" -> Repair.measure(image, runs);
            case "parallel" -> CriticalPath.measure(image, runs);
            case "link" -> LinkCosts.measure(image, runs);
            case "graph" -> GraphScale.measure(runs);
            case "switch" -> SwitchScale.measure(runs);
            case "burst" -> EventBurst.measure(runs);
            default ->
                    throw new IllegalArgumentException(
                            "which? warm, ten, agent, repair, parallel, link, graph, switch or burst");
        }
    }
}
