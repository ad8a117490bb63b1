package dev.mgmt.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A run without a converged timeout. */
final class Watching {
    private Watching() {}

    /** What is measured meanwhile. */
    @FunctionalInterface
    interface Measurement {
        void take() throws IOException, InterruptedException;
    }

    /** Brings the hosts to rest, measures, and ends the run as ^C does. */
    static void during(Hosts hosts, Measurement measurement)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(hosts.command()).redirectErrorStream(true).start();
        Thread drain;
        try {
            drain = awaitRest(process);
            measurement.take();
        } finally {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            process.waitFor();
        }
        drain.join();
    }

    /** The run must never wait for its reader: whoever comes back here reads on and throws away. */
    private static Thread awaitRest(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.contains("at rest")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the run ended before it came to rest");
        }
        return Thread.ofPlatform().daemon().start(() -> drain(output));
    }

    private static void drain(BufferedReader output) {
        try (output) {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
