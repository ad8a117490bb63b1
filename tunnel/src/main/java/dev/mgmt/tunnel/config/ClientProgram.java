package dev.mgmt.tunnel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The OpenSSH client of this machine, asked for its configuration: one short process a question,
 * never more at once than the machine has use for. What it is configured to do while it reads, such
 * as commands of {@code Match exec}, it does; it connects to nobody.
 */
public final class ClientProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** For words that nobody needs: what a command left behind may hold their pipe for ever. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    private static final int AT_ONCE = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final int SHOWN = 400;

    private final Path program;
    private final Duration patience;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public ClientProgram(Path program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /** The one that an operator's shell would find; empty if there is none. */
    public static Optional<ClientProgram> onPath(String path) {
        return Stream.of(path.split(":", -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "ssh"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new ClientProgram(file, PATIENCE));
    }

    /** What came of a question. */
    sealed interface Reply {
        /**
         * @param said its other words, where it was asked aloud
         */
        record Answered(ClientAnswer answer, List<String> said) implements Reply {}

        /**
         * @param why the client's own words
         */
        record Failed(String why) implements Reply {}
    }

    enum Voice {
        QUIET,
        /** At another LogLevel, at which the client also says which files it reads. */
        ALOUD
    }

    /** Waits for a place and for the answer. */
    Reply ask(ConfigFile file, HostQuery query, Voice voice) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(program.toString(), "-G", "-T"));
        if (voice == Voice.ALOUD) {
            words.add("-v");
        }
        words.addAll(file.words());
        words.addAll(query.words());
        places.acquire();
        try {
            return run(words, voice);
        } catch (IOException e) {
            return new Reply.Failed(program + " cannot be run: " + e.getMessage());
        } finally {
            places.release();
        }
    }

    private Reply run(List<String> words, Voice voice) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .start();
        CompletableFuture<String> out = reading(process.getInputStream());
        CompletableFuture<String> err = reading(process.getErrorStream());
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Reply.Failed(
                        "it has not answered within " + patience.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                return new Reply.Failed(reason(rest(err, GRACE), process.exitValue()));
            }
            String said = voice == Voice.ALOUD ? rest(err, SHORT_GRACE) : "";
            return new Reply.Answered(ClientAnswer.parse(rest(out, GRACE)), said.lines().toList());
        } finally {
            // Only then: it closes what may still be read.
            if (process.isAlive()) {
                // Before the process itself, which is no longer anybody's parent afterwards.
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** What a process has said that is gone; others that it started may hold its output open. */
    private static String rest(CompletableFuture<String> text, Duration grace)
            throws InterruptedException {
        try {
            return text.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("ssh-config").start(() -> text.complete(text(stream)));
        return text;
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It was ended from here, and nobody waits for what it said.
            return "";
        }
    }

    /** Its lines say file and line where it knows them. */
    private static String reason(String said, int code) {
        String words =
                said.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("debug1: "))
                        .distinct()
                        .collect(Collectors.joining("; "));
        if (words.isEmpty()) {
            return "it ended with " + code + " and said nothing";
        }
        return words.length() > SHOWN ? words.substring(0, SHOWN) + "…" : words;
    }
}
