package dev.mgmt.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One run of {@code bootstrap-examples/run}, with all it printed. */
final class Example implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private long lastNanos = System.nanoTime();

    /**
     * @param directory the folder that holds {@code run} and the examples
     */
    Example(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(directory.resolve("run").toString());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        reader = Thread.ofPlatform().name("example-output").start(this::read);
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                synchronized (lines) {
                    lines.add(line);
                    lastNanos = System.nanoTime();
                    lines.notifyAll();
                }
                line = output.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line that the run prints. */
    String awaitLine(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (true) {
                for (String line : lines) {
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || !reader.isAlive()) {
                    throw new AssertionError("no such line in:\n" + String.join("\n", lines));
                }
                TimeUnit.NANOSECONDS.timedWait(lines, Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            }
        }
    }

    /** Waits until nothing has been printed for so long. */
    void awaitCalm(Duration calm) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            long left = left(calm);
            while (left > 0) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no calm in:\n" + String.join("\n", lines));
                }
                TimeUnit.NANOSECONDS.timedWait(lines, left);
                left = left(calm);
            }
        }
    }

    private long left(Duration calm) {
        return lastNanos + calm.toNanos() - System.nanoTime();
    }

    /** What ^C at a terminal does to the program itself. */
    void interrupt() throws IOException, InterruptedException {
        ProcessHandle program =
                process.descendants()
                        .filter(
                                child ->
                                        child.info()
                                                .command()
                                                .orElse("")
                                                .endsWith("/lib/runtime/bin/mgmt"))
                        .filter(child -> child.info().commandLine().orElse("").contains(" remote "))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("mgmt is not running:\n" + output()));
        new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start().waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE + ":\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** The processes that the example's hosts run, by the directory they live in. */
    static List<ProcessHandle> runningBelow(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains(directory.toString()))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
