package dev.mgmt.examples.bench;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** From a large graph file to the end of its first full check, cold. */
final class GraphScale {
    private static final int FILES = 10_000;
    private static final int FILES_PER_DIRECTORY = 100;
    private static final int NOOPS = 100_000;
    private static final double MIB = 1 << 20;

    /** What one trial tells, collected over runs. */
    private record Series(
            String name, Figures total, Figures cpu, Figures peak, Figures vertex, Stages stages) {
        Series(String name) {
            this(
                    name,
                    new Figures(name + ": file to full check", "s"),
                    new Figures(name + ": CPU, start of Java included", "s"),
                    new Figures(name + ": largest heap, garbage included", "MiB"),
                    new Figures(name + ": memory per idle vertex", "KiB"),
                    new Stages(name));
        }

        void add(Map<String, Figures> told) {
            total.add(median(told, "total"));
            cpu.add(median(told, "cpu"));
            peak.add(median(told, "peak") / MIB);
            vertex.add(median(told, "vertex") / 1024);
            stages.add(told);
        }

        void print() {
            for (Figures figures : List.of(total, cpu, peak, vertex)) {
                figures.print();
            }
            stages.print();
        }
    }

    private record Stages(Figures read, Figures built, Figures checked) {
        Stages(String name) {
            this(
                    new Figures(name + ": … read and validated", "s"),
                    new Figures(name + ": … built, edges and groups found", "s"),
                    new Figures(name + ": … watched and checked", "s"));
        }

        void add(Map<String, Figures> told) {
            read.add(median(told, "read"));
            built.add(median(told, "built"));
            checked.add(median(told, "checked"));
        }

        void print() {
            read.print();
            built.print();
            checked.print();
        }
    }

    private GraphScale() {}

    static void measure(int runs) throws IOException, InterruptedException {
        Path base = Files.createTempDirectory("mgmt-bench-graph");
        Layout layout = new Layout(base.resolve("files"), FILES, FILES_PER_DIRECTORY);
        Series files = new Series("10,000 files");
        Series tenth = new Series("10,000 noops");
        Series noops = new Series("100,000 noops");
        Figures plain = new Figures("stat and read 10,000 files, ten lines of Java", "s");
        try {
            layout.write();
            Path fileGraph = Files.writeString(base.resolve("files.yaml"), layout.graph());
            Path tenthGraph =
                    Files.writeString(base.resolve("tenth.yaml"), Noops.graph(NOOPS / 10));
            Path noopGraph = Files.writeString(base.resolve("noops.yaml"), Noops.graph(NOOPS));
            for (int i = 0; i < runs; i++) {
                files.add(FreshJvm.run(GraphTrial.class, fileGraph));
                plain.add(median(FreshJvm.run(PlainTrial.class, layout), "total"));
                tenth.add(FreshJvm.run(GraphTrial.class, tenthGraph));
                noops.add(FreshJvm.run(GraphTrial.class, noopGraph));
            }
        } finally {
            Trees.delete(base);
        }
        files.print();
        plain.print();
        files.total().printRatioTo(plain);
        tenth.print();
        noops.print();
        noops.total().printRatioTo(tenth.total());
        new Target("10,000 files: file to full check", 2, "s").judge(files.total().median());
        new Target("100,000 noops, 200,000 edges: file to idle", 5, "s")
                .judge(noops.total().median());
        new Target("100,000 noops: largest heap", 1024, "MiB").judge(noops.peak().median());
        new Target("memory per idle file", 4, "KiB").judge(files.vertex().median());
        new Target("memory per idle noop", 4, "KiB").judge(noops.vertex().median());
    }

    private static double median(Map<String, Figures> told, String name) {
        return Objects.requireNonNull(told.get(name), name).median();
    }
}
