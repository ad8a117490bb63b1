package dev.mgmt.engine.os;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A command under way, leader of its process group.
 *
 * <p>What it writes is read by platform threads: a read of a pipe holds its thread, and there are
 * few that carry virtual ones. A command may leave somebody behind that keeps the pipe open (a
 * daemon that it started): then the reader goes on in the background until that one ends, so that
 * nobody dies of a pipe without a reader.
 */
public final class ChildProcess {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int LONGEST_LINE = 1 << 13;

    private final Process process;
    private final List<Thread> readers;

    /**
     * @param readers of what it writes; they end with it
     */
    ChildProcess(Process process, List<Thread> readers) {
        this.process = process;
        this.readers = readers;
    }

    /**
     * @param out called for each line on stdout, by one thread; {@code err} likewise by another
     */
    public static ChildProcess start(
            List<String> line,
            Optional<Path> directory,
            Map<String, String> environment,
            Consumer<String> out,
            Consumer<String> err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.redirectInput(new File("/dev/null"));
        if (directory.isPresent()) {
            builder.directory(directory.get().toFile());
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new ChildProcess(
                process,
                List.of(
                        reader(process.getInputStream(), out),
                        reader(process.getErrorStream(), err)));
    }

    public long pid() {
        return process.pid();
    }

    /** Returns the exit code, 128 + n for a command that signal n ended. */
    public int await() throws InterruptedException {
        int code = process.waitFor();
        for (Thread reader : readers) {
            reader.join(LAST_WORDS);
        }
        return code;
    }

    /** Waits for its end; false if it takes longer. */
    public boolean ends(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Ends the whole group: TERM, then KILL for what is left when the leader has ended or its grace
     * is over. An interrupt cuts the grace short and is kept for the caller.
     */
    public void terminate() {
        signal("TERM");
        boolean interrupted = false;
        try {
            interrupted = Thread.interrupted();
            if (!interrupted) {
                ends(GRACE);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        signal("KILL");
        process.destroyForcibly();
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String name) {
        if (!ProcessGroup.signal(process.pid(), name)) {
            process.destroy();
        }
    }

    private static Thread reader(InputStream from, Consumer<String> lines) {
        return Thread.ofPlatform()
                .daemon()
                .name("output of a command")
                .start(() -> read(from, lines));
    }

    private static void read(InputStream from, Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next != '\n') {
                    line.append((char) next);
                }
                if (next == '\n' || line.length() == LONGEST_LINE) {
                    lines.accept(line.toString());
                    line.setLength(0);
                }
            }
            if (!line.isEmpty()) {
                lines.accept(line.toString());
            }
        } catch (IOException e) {
            // The stream was closed with the process: there is no more to read.
        }
    }
}
