package dev.mgmt.examples.bench;

/**
 * What a figure may be at the most.
 *
 * @param what is measured, in words
 */
record Target(String what, double most, String unit) {
    void judge(double figure) {
        System.out.printf(
                "%-64s %10.3f %-4s %s%n",
                what,
                figure,
                unit,
                figure <= most
                        ? "PASS (target %s)".formatted(shown(most))
                        : "OVER TARGET (%s) by %s".formatted(shown(most), shown(figure - most)));
    }

    private static String shown(double value) {
        return "%.3f".formatted(value).replaceAll("[.]?0+$", "");
    }
}
