package dev.mgmt.engine.os;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The difference of two texts as diff(1) -u shows it. Written out here rather than taken from a
 * library: it is all that the agent would use of one, and every jar is copied to every host.
 *
 * <p>The shortest edit script is that of Myers, "An O(ND) Difference Algorithm" (1986). Texts that
 * have little in common are shown as one replaced by the other.
 */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /** Bounds time and memory: an edit longer than this is not worth finding the shortest of. */
    private static final int LONGEST_EDIT = 400;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> script = new ArrayList<>();

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** One line of the edit script and where it stands in both texts, from 0. */
    private record Line(char mark, String text, int before, int after) {}

    /** Empty if the texts are equal. */
    public static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        UnifiedDiff diff = new UnifiedDiff(lines(before), lines(after));
        diff.compare();
        StringBuilder text = new StringBuilder();
        text.append("--- ").append(name).append('\n').append("+++ ").append(name).append('\n');
        diff.hunks(text);
        return text.toString();
    }

    /** Lines with their ends, so that a missing last newline is a difference. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private void compare() {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        for (int i = 0; i < head; i++) {
            keep(i, i);
        }
        middle(head, before.size() - tail, after.size() - tail);
        for (int i = tail; i > 0; i--) {
            keep(before.size() - i, after.size() - i);
        }
    }

    private void middle(int head, int beforeEnd, int afterEnd) {
        List<int[]> trace = trace(head, beforeEnd, afterEnd);
        if (trace.isEmpty()) {
            for (int i = head; i < beforeEnd; i++) {
                script.add(new Line('-', before.get(i), i, head));
            }
            for (int i = head; i < afterEnd; i++) {
                script.add(new Line('+', after.get(i), beforeEnd, i));
            }
            return;
        }
        List<Line> backwards = new ArrayList<>();
        int x = beforeEnd - head;
        int y = afterEnd - head;
        for (int d = trace.size() - 1; d >= 0; d--) {
            int[] reach = trace.get(d);
            int middle = reach.length / 2;
            int k = x - y;
            boolean down = d > 0 && goesDown(reach, middle, k, d);
            int previous = down ? k + 1 : k - 1;
            int fromX = d == 0 ? 0 : reach[middle + previous];
            int fromY = d == 0 ? 0 : fromX - previous;
            while (x > fromX && y > fromY) {
                x--;
                y--;
                backwards.add(new Line(' ', before.get(head + x), head + x, head + y));
            }
            if (d > 0 && down) {
                y--;
                backwards.add(new Line('+', after.get(head + y), head + x, head + y));
            } else if (d > 0) {
                x--;
                backwards.add(new Line('-', before.get(head + x), head + x, head + y));
            }
        }
        Collections.reverse(backwards);
        script.addAll(backwards);
    }

    /** The furthest reach on each diagonal before each step; empty if the edit is too long. */
    private List<int[]> trace(int head, int beforeEnd, int afterEnd) {
        int width = beforeEnd - head;
        int height = afterEnd - head;
        int most = Math.min(width + height, LONGEST_EDIT);
        int[] reach = new int[2 * most + 3];
        int middle = reach.length / 2;
        List<int[]> trace = new ArrayList<>();
        for (int d = 0; d <= most; d++) {
            trace.add(reach.clone());
            for (int k = -d; k <= d; k += 2) {
                int x =
                        goesDown(reach, middle, k, d)
                                ? reach[middle + k + 1]
                                : reach[middle + k - 1] + 1;
                if (d == 0) {
                    x = 0;
                }
                while (x < width
                        && x - k < height
                        && before.get(head + x).equals(after.get(head + x - k))) {
                    x++;
                }
                reach[middle + k] = x;
                if (x >= width && x - k >= height) {
                    return trace;
                }
            }
        }
        return List.of();
    }

    private static boolean goesDown(int[] reach, int middle, int k, int d) {
        return k == -d || (k != d && reach[middle + k - 1] < reach[middle + k + 1]);
    }

    private void keep(int one, int other) {
        script.add(new Line(' ', before.get(one), one, other));
    }

    private void hunks(StringBuilder text) {
        boolean[] shown = new boolean[script.size()];
        for (int i = 0; i < script.size(); i++) {
            if (script.get(i).mark() != ' ') {
                int from = Math.max(0, i - CONTEXT);
                Arrays.fill(shown, from, Math.min(script.size(), i + CONTEXT + 1), true);
            }
        }
        int i = 0;
        while (i < script.size()) {
            int end = i;
            while (end < script.size() && shown[end]) {
                end++;
            }
            if (end > i) {
                hunk(text, script.subList(i, end));
            }
            i = end + 1;
        }
    }

    private static void hunk(StringBuilder text, List<Line> lines) {
        int removed = 0;
        int added = 0;
        for (Line line : lines) {
            removed += line.mark() == '+' ? 0 : 1;
            added += line.mark() == '-' ? 0 : 1;
        }
        Line first = lines.getFirst();
        text.append("@@ -").append(span(first.before(), removed));
        text.append(" +").append(span(first.after(), added)).append(" @@\n");
        for (Line line : lines) {
            text.append(line.mark()).append(line.text());
            if (!line.text().endsWith("\n")) {
                text.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /** An empty span names the line before it. */
    private static String span(int start, int length) {
        int line = length == 0 ? start : start + 1;
        return length == 1 ? String.valueOf(line) : line + "," + length;
    }
}
