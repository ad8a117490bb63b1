package dev.mgmt.examples.bench;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * 10,000 files in 1,000 watched directories are spoilt as fast as one thread can: in memory, which
 * shows what the engine takes, and on the disk, where to replace a file is mostly the disk's work.
 */
final class EventBurst {
    private static final int FILES = 10_000;
    private static final int FILES_PER_DIRECTORY = 10;
    private static final double MIB = 1 << 20;
    private static final Path MEMORY = Path.of("/dev/shm");

    private EventBurst() {}

    static void measure(int runs) throws IOException, InterruptedException {
        Figures inMemory = measure("in memory", Files.createTempDirectory(MEMORY, "mgmt"), runs);
        measure("on disk", Files.createTempDirectory("mgmt-bench-burst"), runs);
        System.out.println("every file was looked at after every burst: none was lost");
        new Target("10,000 files spoilt in memory: all right, median", 2, "s")
                .judge(inMemory.median());
        new Target("10,000 files spoilt in memory: all right, longest", 2, "s")
                .judge(inMemory.percentile(100));
    }

    private static Figures measure(String where, Path base, int runs)
            throws IOException, InterruptedException {
        Series ours = new Series(where + ": by the engine");
        Series bare = new Series(where + ": by bare Java");
        Figures peak = new Figures(where + ": largest heap, garbage included", "MiB");
        try {
            Layout layout = new Layout(base, FILES, FILES_PER_DIRECTORY);
            layout.write();
            Map<String, Figures> told = FreshJvm.run(BurstTrial.class, layout, runs);
            ours.add(told);
            peak.add(Objects.requireNonNull(told.get("peak")).median() / MIB);
            bare.add(FreshJvm.run(PlainBurstTrial.class, layout, runs));
        } finally {
            Trees.delete(base);
        }
        ours.print();
        peak.print();
        bare.print();
        ours.whole().printRatioTo(bare.whole());
        return ours.right();
    }

    private record Series(Figures right, Figures whole, Figures cpu) {
        Series(String name) {
            this(
                    new Figures(name + ", after the burst", "s"),
                    new Figures(name + ", burst included", "s"),
                    new Figures(name + ", CPU", "s"));
        }

        void add(Map<String, Figures> told) {
            told("right", told).forEach(right::add);
            told("whole", told).forEach(whole::add);
            told("cpu", told).forEach(cpu::add);
        }

        private static List<Double> told(String name, Map<String, Figures> all) {
            return Objects.requireNonNull(all.get(name), name).values();
        }

        void print() {
            right.print();
            whole.print();
            cpu.print();
        }
    }
}
