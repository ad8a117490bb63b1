package dev.mgmt.cli.view;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps some lines at the foot of a terminal's output while other lines scroll by above them, with
 * nothing but relative cursor movement. What it gives back is to be written as it is.
 *
 * <p>Invariant: between two frames the cursor stands in the first column below the foot. A terminal
 * that is made narrower folds the lines already drawn, so how many rows there are to go up is
 * counted with the width of now.
 */
final class Foot {
    private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9;]*m");

    private List<String> drawn = List.of();

    /** Removes the old foot, prints {@code above} to stay, and draws the new foot. */
    String frame(List<String> above, List<String> foot, int width) {
        if (above.isEmpty() && foot.isEmpty() && drawn.isEmpty()) {
            return "";
        }
        StringBuilder frame = new StringBuilder();
        int rows = drawn.stream().mapToInt(line -> rows(line, width)).sum();
        if (rows > 0) {
            frame.append("\u001b[").append(rows).append('A');
        }
        // ED 0: from the cursor to the end of the screen.
        frame.append("\r\u001b[J");
        above.forEach(line -> frame.append(line).append('\n'));
        foot.forEach(line -> frame.append(line).append('\n'));
        drawn = List.copyOf(foot);
        return frame.toString();
    }

    private static int rows(String line, int width) {
        String bare = PAINT.matcher(line).replaceAll("");
        int columns = bare.codePointCount(0, bare.length());
        return Math.max(1, Math.ceilDiv(columns, Math.max(1, width)));
    }
}
