package dev.mgmt.engine.os;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a program of the host that says little and ends: its input is given whole, and what it
 * says is there when it has ended. Interrupting the thread ends the program with its process group.
 */
public final class Tool {
    private static final int MOST_BYTES = 1 << 20;
    private static final int REASON_LINES = 3;

    private Tool() {}

    /**
     * What came of it.
     *
     * @param code 128 + n for a program that signal n ended
     * @param out the first MiB of it
     */
    public record Finished(int code, String out, String err) {
        public boolean succeeded() {
            return code == 0;
        }

        /** Its last words, on one line, for a message; or its exit code if it said nothing. */
        public String said() {
            String words = err.isBlank() ? out : err;
            List<String> lines = new ArrayList<>();
            words.lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(lines::add);
            return lines.isEmpty()
                    ? "exit code " + code
                    : String.join(
                            " | ",
                            lines.subList(Math.max(0, lines.size() - REASON_LINES), lines.size()));
        }

        /**
         * @param deed what could not be done, such as {@code make the user a}
         * @throws FileFault if it did not succeed
         */
        public Finished expect(String deed) throws FileFault {
            if (!succeeded()) {
                throw new FileFault("cannot " + deed + ": " + said());
            }
            return this;
        }
    }

    /** Runs it in the C locale, so that its words are those of its manual. */
    public static Finished run(List<String> argv, String input)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        Words out = new Words(process.getInputStream());
        Words err = new Words(process.getErrorStream());
        Thread writer = platform(() -> write(process.getOutputStream(), input));
        ChildProcess child = new ChildProcess(process, List.of(writer, out.reader, err.reader));
        try {
            int code = child.await();
            return new Finished(code, out.text(), err.text());
        } catch (InterruptedException e) {
            child.terminate();
            throw e;
        }
    }

    /** A pipe holds its thread, and there are few that carry virtual ones. */
    private static Thread platform(Runnable work) {
        return Thread.ofPlatform().daemon().name("pipe of a tool").start(work);
    }

    private static void write(OutputStream to, String input) {
        try (to) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading: its exit code says what that means.
        }
    }

    /** What comes through one pipe. */
    private static final class Words {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final Thread reader;

        private Words(InputStream from) {
            reader = platform(() -> read(from));
        }

        /** What it has said up to now: somebody that it left behind may hold the pipe open. */
        private String text() {
            return said.toString(StandardCharsets.UTF_8);
        }

        /** Reads to the end, so that nobody dies of a full pipe, and keeps the beginning. */
        private void read(InputStream from) {
            byte[] part = new byte[1 << 13];
            try (from) {
                for (int length = from.read(part); length >= 0; length = from.read(part)) {
                    said.write(part, 0, Math.min(length, MOST_BYTES - said.size()));
                }
            } catch (IOException e) {
                // Closed with the process: there is no more to read.
            }
        }
    }
}
