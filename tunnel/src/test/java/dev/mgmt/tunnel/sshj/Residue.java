package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a test must not leave: threads of ours, and sockets. */
final class Residue {
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(5);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final long sockets = sockets();

    /** Fails if anything is left once everything is closed. */
    void check() throws InterruptedException {
        long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
        while (System.nanoTime() < end && !(threads().isEmpty() && sockets() <= sockets)) {
            Thread.sleep(5);
        }
        assertEquals(List.of(), threads(), "threads left");
        assertEquals(sockets, Math.max(sockets, sockets()), "sockets left");
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ssh-") || name.startsWith("sshj-"))
                .toList();
    }

    private static long sockets() {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.filter(Residue::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed while we looked.
            return false;
        }
    }
}
