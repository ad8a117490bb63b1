package dev.mgmt.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Has a graph drawn by one of graphviz's programs. */
final class Drawing {
    /** A graph that takes longer is too large to be looked at. */
    private static final long PATIENCE_SECONDS = 60;

    private Drawing() {}

    /**
     * @param program such as {@code dot}
     * @param format as graphviz names it, such as {@code svg}
     * @throws IOException where the program is missing, fails or takes too long; the message says
     *     which
     */
    static void draw(String program, String format, String dot, Path to)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("mgmt-drawing", "");
        try {
            Process process = start(program, format, to, errors);
            try (OutputStream in = process.getOutputStream()) {
                in.write(dot.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedBefore) {
                // Its own words tell more.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException(program + " took more than " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + ": " + Files.readString(errors).strip());
            }
        } finally {
            Files.delete(errors);
        }
    }

    private static Process start(String program, String format, Path to, Path errors)
            throws IOException {
        try {
            return new ProcessBuilder(program, "-T" + format)
                    .redirectOutput(to.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException missing) {
            throw new IOException(program + " cannot be started: is graphviz installed?", missing);
        }
    }
}
