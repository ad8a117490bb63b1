package dev.mgmt.engine.yaml;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the user probably meant. */
public final class NearestName {
    /** Longer words are no slip of a finger, and the search is quadratic in their length. */
    private static final int LONGEST = 40;

    private NearestName() {}

    /** The nearest name, or all of them if none is near. */
    public static String advice(String written, List<String> known) {
        return of(written, known)
                .map(name -> "did you mean `" + name + "`?")
                .orElseGet(
                        () ->
                                known.stream()
                                        .map(name -> "`" + name + "`")
                                        .collect(joining(", ", "known: ", "")));
    }

    public static Optional<String> of(String written, List<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int farthest = written.length() < 3 ? 0 : Math.max(1, written.length() / 3);
        return known.stream()
                .filter(name -> distance(lower, name) <= farthest)
                .min(comparingInt(name -> distance(lower, name)));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that make one the other. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
