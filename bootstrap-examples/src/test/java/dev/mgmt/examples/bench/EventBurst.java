package dev.mgmt.examples.bench;

import dev.mgmt.tunnel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** 10,000 files in 1,000 watched directories are spoilt as fast as one thread can. */
final class EventBurst {
    private static final int FILES = 10_000;
    private static final int FILES_PER_DIRECTORY = 10;
    private static final double MIB = 1 << 20;

    private EventBurst() {}

    static void measure(int runs) throws IOException, InterruptedException {
        Path base = Files.createTempDirectory("mgmt-bench-burst");
        Figures right = new Figures("end of the burst to the last file right", "s");
        Figures cpu = new Figures("CPU of a burst, the spoiling included", "s");
        Figures peak = new Figures("largest heap, garbage included", "MiB");
        Figures plain = new Figures("the same by one thread that watches and renames", "s");
        Figures plainCpu = new Figures("CPU of that", "s");
        try {
            Layout layout = new Layout(base, FILES, FILES_PER_DIRECTORY);
            layout.write();
            Map<String, Figures> ours = FreshJvm.run(BurstTrial.class, layout, runs);
            Map<String, Figures> bare = FreshJvm.run(PlainBurstTrial.class, layout, runs);
            told(ours, "right").values().forEach(right::add);
            told(ours, "cpu").values().forEach(cpu::add);
            peak.add(told(ours, "peak").median() / MIB);
            told(bare, "right").values().forEach(plain::add);
            told(bare, "cpu").values().forEach(plainCpu::add);
        } finally {
            Trees.delete(base);
        }
        for (Figures figures : new Figures[] {right, cpu, peak, plain, plainCpu}) {
            figures.print();
        }
        cpu.printRatioTo(plainCpu);
        System.out.println("every file was looked at after every burst: none was lost");
        new Target("10,000 files spoilt: all right, median", 2, "s").judge(right.median());
        new Target("10,000 files spoilt: all right, longest", 2, "s").judge(right.percentile(100));
    }

    private static Figures told(Map<String, Figures> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }
}
