package dev.mgmt.examples.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One quantity, measured several times. */
final class Figures {
    private final String name;
    private final String unit;
    private final List<Double> values = new ArrayList<>();

    Figures(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    void add(double value) {
        values.add(value);
    }

    List<Double> values() {
        return List.copyOf(values);
    }

    double median() {
        return percentile(50);
    }

    double percentile(double percent) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(
                (int) Math.min(sorted.size() - 1, Math.round(percent / 100 * (sorted.size() - 1))));
    }

    void print() {
        System.out.printf(
                "%-52s min %8.3f  median %8.3f  max %8.3f %s (%d)%n",
                name, percentile(0), median(), percentile(100), unit, values.size());
    }

    /** The row every claim needs: against what, measured beside it. */
    void printRatioTo(Figures baseline) {
        System.out.printf("%-52s %.2f x %s%n", name, median() / baseline.median(), baseline.name);
    }
}
