package dev.mgmt.remote.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which known name somebody may have meant: at most a third of its letters are wrong. */
final class NearestName {
    private NearestName() {}

    static Optional<String> to(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(written, name) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /** Advice for a message; empty if nothing is near. */
    static String advice(String written, Collection<String> known) {
        return to(written, known).map(name -> "did you mean `" + name + "`?").orElse("");
    }

    /** Letters to add, drop or replace (Levenshtein), one row at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                boolean same = from.charAt(line - 1) == to.charAt(column - 1);
                int replaced = same ? diagonal : diagonal + 1;
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
