package dev.mgmt.engine.os;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file in place, a line at a time, as an editor on a slow disk does. */
public final class SlowWriter {
    private static final int LINES = 10;
    private static final int PAUSE_MILLIS = 20;

    /** Less than after which a file counts as left alone. */
    private static final long LONGEST_PAUSE_NANOS = 150_000_000;

    private static final int MOST_ROUNDS = 50;

    private SlowWriter() {}

    /**
     * Ten lines; anew where the machine had this thread wait so long that the file seemed to be
     * left alone.
     *
     * @param line with {@code %d} for its number, from 0
     */
    public static void write(Path file, String line) throws IOException, InterruptedException {
        int rounds = 1;
        while (!writeOnce(file, line)) {
            assertTrue(++rounds <= MOST_ROUNDS, "this machine is too busy for this test");
        }
    }

    private static boolean writeOnce(Path file, String line)
            throws IOException, InterruptedException {
        long longest = 0;
        long last = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < LINES; i++) {
                out.write((line.formatted(i) + "\n").getBytes(StandardCharsets.US_ASCII));
                longest = Math.max(longest, System.nanoTime() - last);
                last = System.nanoTime();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return longest < LONGEST_PAUSE_NANOS;
    }
}
