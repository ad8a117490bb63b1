package dev.mgmt.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the program in this process and keeps what it says. */
final class Transcript {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    ExitCode of(String... args) {
        return with(Map.of("HOME", "/nonexistent"), args);
    }

    ExitCode with(Map<String, String> environment, String... args) {
        return new Main(
                        new Surroundings(
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                environment,
                                Surroundings.Medium.STREAM,
                                () -> Duration.ofMillis(100)))
                .run(args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    List<String> errLines() {
        return err().lines().toList();
    }
}
