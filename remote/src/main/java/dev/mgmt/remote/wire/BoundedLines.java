package dev.mgmt.remote.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads lines from a peer that may be broken or hostile: however long a line is, no more than the
 * limit is kept of it. Reads one byte at a time and never one past the line end, so what follows a
 * line can be read by somebody else; give it a buffered stream where that matters.
 */
public final class BoundedLines {
    private final InputStream in;
    private final int longest;

    /**
     * @param longest bytes kept of a line, its end not counted
     */
    public BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** One line without its end ({@code \n} or {@code \r\n}). */
    public sealed interface Line {
        String text();

        record Whole(String text) implements Line {}

        /** Longer than the limit: its beginning. */
        record Cut(String text) implements Line {}
    }

    /**
     * The next line, or empty at the end of the stream. A last line without its end counts: it may
     * be all that a dying process said.
     */
    public Optional<Line> next() throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        boolean cut = false;
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (kept.size() < longest) {
                kept.write(next);
            } else {
                cut = true;
            }
            next = in.read();
        }
        String text = kept.toString(StandardCharsets.UTF_8);
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        return Optional.of(cut ? new Line.Cut(text) : new Line.Whole(text));
    }
}
