package dev.mgmt.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, with its stderr to read along. */
final class RunningProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;

    /** An empty one is the end. */
    private final BlockingQueue<Optional<String>> err = new LinkedBlockingQueue<>();

    private final List<String> seen = new ArrayList<>();

    private RunningProgram(Process process) {
        this.process = process;
        Thread.ofVirtual().name("stderr").start(this::read);
    }

    private void read() {
        try (BufferedReader reader = process.errorReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                err.add(Optional.of(line));
            }
        } catch (IOException closed) {
            // It was ended from here.
        } finally {
            err.add(Optional.empty());
        }
    }

    private Optional<String> next() throws InterruptedException {
        Optional<String> line = err.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("has not said more for long than\n" + String.join("\n", seen));
        }
        line.ifPresent(seen::add);
        return line;
    }

    static RunningProgram start(String... args) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("MGMT_TMP_PREFIX", "true");
        return new RunningProgram(builder.start());
    }

    /** Reads stderr until a line contains this, and gives it; fails when it ends before. */
    String await(String text) throws InterruptedException {
        for (Optional<String> line = next(); line.isPresent(); line = next()) {
            if (line.get().contains(text)) {
                return line.get();
            }
        }
        throw new AssertionError("never said '" + text + "' but\n" + String.join("\n", seen));
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
