package dev.mgmt.engine.os;

import java.util.ArrayList;
import java.util.List;

/**
 * A text file as lines without their ends, which stay as they were: all alike, and the last one
 * with or without.
 *
 * @param end of every line: of the first, where they differ
 */
public record TextLines(List<String> lines, String end, Last last) {
    public TextLines {
        lines = List.copyOf(lines);
    }

    /** How the text stops. */
    public enum Last {
        ENDED,
        OPEN
    }

    public static TextLines of(String text) {
        int newline = text.indexOf('\n');
        String end = newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int stop = text.indexOf(end, start);
            lines.add(text.substring(start, stop < 0 ? text.length() : stop));
            start = stop < 0 ? text.length() : stop + end.length();
        }
        Last last = text.isEmpty() || text.endsWith(end) ? Last.ENDED : Last.OPEN;
        return new TextLines(lines, end, last);
    }

    /** These lines, ended like ours. */
    public TextLines with(List<String> others) {
        return new TextLines(others, end, last);
    }

    public String text() {
        if (lines.isEmpty()) {
            return "";
        }
        String joined = String.join(end, lines);
        return last == Last.OPEN ? joined : joined + end;
    }
}
