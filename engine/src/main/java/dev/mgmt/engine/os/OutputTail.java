package dev.mgmt.engine.os;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The end of what a command wrote: as many whole lines as fit into 64 KiB. */
public final class OutputTail {
    private static final int KEPT_CHARS = 1 << 16;

    private final Deque<String> lines = new ArrayDeque<>();
    private int chars;

    public synchronized void add(String line) {
        lines.addLast(line);
        chars += line.length() + 1;
        while (chars > KEPT_CHARS && lines.size() > 1) {
            chars -= lines.removeFirst().length() + 1;
        }
    }

    /** All that is kept, without the last line's end, as a shell's {@code $(…)} has it. */
    public synchronized String text() {
        return String.join("\n", lines);
    }

    /** The last lines that are not blank, oldest first. */
    public synchronized List<String> last(int most) {
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                found.add(line.strip());
            }
        }
        return found.subList(Math.max(0, found.size() - most), found.size());
    }
}
