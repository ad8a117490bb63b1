package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * A file is removed on a host 1,000 times while a run watches: how long until it is back, with its
 * content.
 */
final class Repair {
    private static final int REMOVALS = 1000;
    private static final String CONTENT = "must be here\n";

    private Repair() {}

    static void measure(Path image, int runs) throws IOException, InterruptedException {
        Path base = Files.createTempDirectory("mgmt-bench-repair");
        Path file = base.resolve("f");
        Figures repaired = new Figures("removed file back, mgmt remote watching", "ms");
        try (Hosts hosts = new Hosts(image, 1, host -> graph(base))) {
            Watching.during(
                    hosts,
                    () -> {
                        for (int i = 0; i < runs; i++) {
                            removeAndAwait(base, repaired);
                        }
                    });
        }
        Figures bare = new Figures("removed file back, ten lines of Java", "ms");
        Thread repairer;
        try (WatchService service = base.getFileSystem().newWatchService()) {
            repairer = Thread.ofPlatform().start(() -> repair(service, base, file));
            Files.writeString(file, CONTENT);
            for (int i = 0; i < runs; i++) {
                removeAndAwait(base, bare);
            }
        }
        repairer.join();
        for (Figures figures : new Figures[] {repaired, bare}) {
            figures.print();
            System.out.printf(
                    "  p90 %.3f ms, p99 %.3f ms%n", figures.percentile(90), figures.percentile(99));
        }
        repaired.printRatioTo(bare);
        Files.deleteIfExists(file);
        Files.delete(base);
    }

    private static String graph(Path base) {
        return "graph: repair\nresources:\n  file:\n  - name: %s/f\n    content: \"must be here\\n\"\n"
                .formatted(base);
    }

    /**
     * Waits for the kernel's word rather than looking again and again: the other core is needed.
     */
    private static void removeAndAwait(Path base, Figures figures)
            throws IOException, InterruptedException {
        Path file = base.resolve("f");
        try (WatchService service = base.getFileSystem().newWatchService()) {
            base.register(service, StandardWatchEventKinds.ENTRY_CREATE);
            for (int i = 0; i < REMOVALS; i++) {
                awaitBack(file, service);
                Thread.sleep(2);
                long start = System.nanoTime();
                Files.delete(file);
                awaitBack(file, service);
                figures.add((System.nanoTime() - start) / 1e6);
            }
        }
    }

    private static void awaitBack(Path file, WatchService service) throws InterruptedException {
        while (!isBack(file)) {
            WatchKey key = service.take();
            key.pollEvents();
            key.reset();
        }
    }

    private static boolean isBack(Path file) {
        try {
            return Files.readString(file).equals(CONTENT);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The baseline: the least that Java can do about it. */
    private static void repair(WatchService service, Path base, Path file) {
        try {
            base.register(service, StandardWatchEventKinds.ENTRY_DELETE);
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                if (Files.exists(file)) {
                    // Our own renaming is told as a removal of the temporary name.
                    continue;
                }
                Path temporary = base.resolve("t");
                Files.writeString(temporary, CONTENT);
                Files.move(temporary, file);
            }
        } catch (ClosedWatchServiceException over) {
            // The measurement is over.
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
