package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.tunnel.LeftThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a test must not leave: threads of ours, and sockets. */
final class Residue {
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(10);
    private static final int LONGEST_START_MS = 5000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static {
        wakeAReader();
    }

    private final long sockets = sockets();

    /**
     * From the first time that a thread is woken out of a read by closing its socket, the JDK keeps
     * a socket for itself, which is not a test's.
     */
    private static void wakeAReader() {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var accepted = new Closing(server)) {
            Thread reader = Thread.ofPlatform().start(accepted::read);
            for (int i = 0; i < LONGEST_START_MS && !waits(reader); i++) {
                Thread.sleep(1);
            }
            accepted.client.close();
            reader.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whether it is in the system's read. */
    private static boolean waits(Thread reader) {
        StackTraceElement[] frames = reader.getStackTrace();
        return frames.length > 0
                && frames[0].isNativeMethod()
                && frames[0].getClassName().startsWith("sun.nio.ch.");
    }

    private static final class Closing implements AutoCloseable {
        private final Socket client;
        private final Socket accepted;

        Closing(ServerSocket server) throws IOException {
            client = new Socket(server.getInetAddress(), server.getLocalPort());
            accepted = server.accept();
        }

        void read() {
            try {
                var _ = client.getInputStream().read();
            } catch (IOException e) {
                // Woken, which is all that is wanted.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            accepted.close();
        }
    }

    /** Fails if anything is left once everything is closed. */
    void check() throws IOException, InterruptedException {
        assertEquals(List.of(), LeftThreads.named("ssh-", "sshj-"), "threads left");
        long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
        while (System.nanoTime() < end && sockets() > sockets) {
            Thread.sleep(5);
        }
        assertEquals(0, Math.max(0, sockets() - sockets), "sockets left");
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
