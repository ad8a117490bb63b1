package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Every file of many directories is spoilt at once while an engine watches them. */
final class BurstTrial {
    private BurstTrial() {}

    public static void main(String[] arguments) throws Exception {
        Layout layout = Layout.of(arguments);
        int bursts = Integer.parseInt(arguments[3]);
        try (LocalEngine engine = new LocalEngine()) {
            engine.submit(LocalEngine.read(layout.graph()));
            engine.awaitIdle();
            for (int burst = 0; burst < bursts; burst++) {
                long before = engine.applied();
                double cpu = Cpu.here();
                long start = System.nanoTime();
                spoil(layout, burst);
                long spoilt = System.nanoTime();
                engine.awaitApplied(before + layout.count());
                long last = engine.appliedAt();
                engine.awaitIdle();
                demand(layout);
                FreshJvm.tell("whole", (Math.max(last, spoilt) - start) / 1e9);
                FreshJvm.tell("cpu", Cpu.here() - cpu);
                FreshJvm.tell("right", Math.max(0, last - spoilt) / 1e9);
            }
            FreshJvm.tell("peak", (double) Heap.peak());
        }
    }

    /** Half of the files are removed, and half written over. */
    static void spoil(Layout layout, int burst) throws IOException {
        for (int i = 0; i < layout.count(); i++) {
            Path file = layout.file(i);
            if (i % 2 == 0) {
                Files.delete(file);
            } else {
                Files.writeString(file, "spoilt " + burst + "\n");
            }
        }
    }

    static void demand(Layout layout) throws IOException {
        for (int i = 0; i < layout.count(); i++) {
            if (!Files.readString(layout.file(i)).equals(Layout.content(i))) {
                throw new IllegalStateException("lost: " + layout.file(i));
            }
        }
    }
}
