package dev.mgmt.engine.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    private static void check(String before, String after, String hunks) {
        assertEquals("--- f\n+++ f\n" + hunks, UnifiedDiff.of("f", before, after));
    }

    @Test
    void equalTextsHaveNoDifference() {
        assertEquals("", UnifiedDiff.of("f", "a\nb\n", "a\nb\n"));
    }

    @Test
    void changeIsShownWithThreeLinesAround() {
        check(
                "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
                "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
                "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    }

    @Test
    void farChangesAreHunksOfTheirOwn() {
        check(
                "a\n1\n2\n3\n4\n5\n6\n7\nb\n",
                "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
                """
                @@ -1,4 +1,4 @@
                -a
                +A
                 1
                 2
                 3
                @@ -6,4 +6,4 @@
                 5
                 6
                 7
                -b
                +B
                """);
    }

    @Test
    void emptyAndUnendedTextsAreMarked() {
        check("", "a\n", "@@ -0,0 +1 @@\n+a\n");
        check("a\n", "", "@@ -1 +0,0 @@\n-a\n");
        check("a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
    }

    /** Each hunk's lines, put back together, are what was there before and after. */
    @Test
    void linesOfRandomDiffsAreThoseOfTheTexts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<String> before = lines(random);
            List<String> after = lines(random);
            String diff = UnifiedDiff.of("f", String.join("", before), String.join("", after));
            assertTrue(consistent(diff, before, after), "seed " + seed + "\n" + diff);
        }
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            lines.add((char) ('a' + random.nextInt(4)) + "\n");
        }
        return lines;
    }

    private static boolean consistent(String diff, List<String> before, List<String> after) {
        int one = 0;
        int other = 0;
        for (String line : diff.lines().skip(2).toList()) {
            if (line.startsWith("@@")) {
                String[] words = line.split(" ", -1);
                int start = start(words[1]);
                while (one < start) {
                    if (!before.get(one++).equals(after.get(other++))) {
                        return false;
                    }
                }
                continue;
            }
            String text = line.substring(1) + "\n";
            if (line.charAt(0) != '+' && !before.get(one++).equals(text)) {
                return false;
            }
            if (line.charAt(0) != '-' && !after.get(other++).equals(text)) {
                return false;
            }
        }
        return before.subList(one, before.size()).equals(after.subList(other, after.size()));
    }

    private static int start(String span) {
        String[] parts = span.substring(1).split(",", -1);
        int line = Integer.parseInt(parts[0]);
        return parts.length > 1 && parts[1].equals("0") ? line : line - 1;
    }
}
