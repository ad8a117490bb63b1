package dev.mgmt.cli.view;

import java.util.stream.IntStream;

/**
 * Text that may come from a host, made fit for a terminal. A host must not be able to move our
 * cursor, retitle the window, hide a line or make one look like another: whatever is not plainly
 * visible is shown by its number instead of sent.
 */
public final class Printable {
    private Printable() {}

    /** One line, whatever is in it; a line end is shown as {@code \n}. */
    public static String line(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(shown, point));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (point) {
            case '\t' -> shown.append("    ");
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            default -> {
                if (isVisible(point)) {
                    shown.appendCodePoint(point);
                } else if (point < 0x100) {
                    shown.append(String.format("\\x%02x", point));
                } else {
                    shown.append(String.format("\\u{%x}", point));
                }
            }
        }
    }

    /**
     * Control, format (which has the marks that turn text round), lone surrogate, line breaks: no.
     */
    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** As many columns as fit, with a mark where text was left out. */
    static String cut(String text, int columns) {
        if (columns <= 0) {
            return "";
        }
        int[] points = text.codePoints().toArray();
        if (points.length <= columns) {
            return text;
        }
        return new String(points, 0, columns - 1) + "…";
    }

    static String padded(String text, int columns) {
        int missing = columns - text.codePointCount(0, text.length());
        StringBuilder padded = new StringBuilder(text);
        IntStream.range(0, Math.max(0, missing)).forEach(_ -> padded.append(' '));
        return padded.toString();
    }
}
