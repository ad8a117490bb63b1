package dev.mgmt.examples.bench;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One file of many is changed in the graph: from the submit until it is so on the disk. */
final class SwitchScale {
    private static final List<Integer> SIZES = List.of(1_000, 3_000, 10_000, 30_000, 100_000);
    private static final int JUDGED = 10_000;
    private static final int FILES_PER_DIRECTORY = 100;

    private SwitchScale() {}

    static void measure(int runs) throws IOException, InterruptedException {
        List<Double> medians = new ArrayList<>();
        Figures judged = null;
        for (int size : SIZES) {
            Path base = Files.createTempDirectory("mgmt-bench-switch");
            try {
                Layout layout = new Layout(base, size, FILES_PER_DIRECTORY);
                layout.write();
                Map<String, Figures> told = FreshJvm.run(SwitchTrial.class, layout, runs);
                Figures applied = Objects.requireNonNull(told.get("applied"));
                Figures all =
                        new Figures("one of %,d files: submit to applied".formatted(size), "ms");
                applied.values().forEach(all::add);
                all.print();
                System.out.printf("  p95 %.3f ms%n", all.percentile(95));
                medians.add(all.median());
                judged = size == JUDGED ? all : judged;
            } finally {
                Trees.delete(base);
            }
        }
        Figures ten = Objects.requireNonNull(judged);
        System.out.printf(
                "%-52s %.2f%n", "exponent of the cost, fitted in log-log", exponent(medians));
        new Target("one of 10,000 files: applied, median", 20, "ms").judge(ten.median());
        new Target("one of 10,000 files: applied, p95", 20, "ms").judge(ten.percentile(95));
        new Target("exponent (1: linear, 2: square)", 1.2, "").judge(exponent(medians));
    }

    /** The slope of the line of least squares through the logarithms. */
    private static double exponent(List<Double> medians) {
        double meanX = SIZES.stream().mapToDouble(Math::log).average().orElseThrow();
        double meanY = medians.stream().mapToDouble(Math::log).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (int i = 0; i < SIZES.size(); i++) {
            double x = Math.log(SIZES.get(i)) - meanX;
            above += x * (Math.log(medians.get(i)) - meanY);
            below += x * x;
        }
        return above / below;
    }
}
