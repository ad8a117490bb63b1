package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The same burst, mended by one thread that knows nothing but these files. */
final class PlainBurstTrial {
    private final Map<Path, Integer> numbers = new HashMap<>();
    private long mended;
    private long last;

    private PlainBurstTrial() {}

    public static void main(String[] arguments) throws Exception {
        Layout layout = Layout.of(arguments);
        int bursts = Integer.parseInt(arguments[3]);
        PlainBurstTrial trial = new PlainBurstTrial();
        try (WatchService service = Path.of("/").getFileSystem().newWatchService()) {
            for (int i = 0; i < layout.count(); i++) {
                trial.numbers.put(layout.file(i), i);
                layout.directory(i)
                        .register(
                                service,
                                StandardWatchEventKinds.ENTRY_DELETE,
                                StandardWatchEventKinds.ENTRY_MODIFY);
            }
            Thread.ofPlatform().daemon().start(() -> trial.mend(service));
            for (int burst = 0; burst < bursts; burst++) {
                long before = trial.mended(0);
                double cpu = Cpu.here();
                long start = System.nanoTime();
                BurstTrial.spoil(layout, burst);
                long spoilt = System.nanoTime();
                trial.mended(before + layout.count());
                FreshJvm.tell("cpu", Cpu.here() - cpu);
                FreshJvm.tell("whole", (Math.max(trial.last(), spoilt) - start) / 1e9);
                FreshJvm.tell("right", Math.max(0, trial.last() - spoilt) / 1e9);
            }
        }
    }

    private synchronized long mended(long atLeast) throws InterruptedException {
        while (mended < atLeast) {
            wait();
        }
        return mended;
    }

    private synchronized long last() {
        return last;
    }

    private void mend(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    Path file = ((Path) key.watchable()).resolve(event.context().toString());
                    mend(file, numbers.getOrDefault(file, -1));
                }
                key.reset();
            }
        } catch (IOException | InterruptedException | ClosedWatchServiceException end) {
            return;
        }
    }

    private void mend(Path file, int number) throws IOException {
        byte[] wanted = Layout.content(number).getBytes(StandardCharsets.UTF_8);
        if (number < 0 || (Files.exists(file) && Arrays.equals(wanted, Files.readAllBytes(file)))) {
            return;
        }
        Path fresh = file.resolveSibling("." + number);
        Files.write(fresh, wanted);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        synchronized (this) {
            mended++;
            last = System.nanoTime();
            notifyAll();
        }
    }
}
