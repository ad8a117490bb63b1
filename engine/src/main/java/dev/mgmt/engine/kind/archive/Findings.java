package dev.mgmt.engine.kind.archive;

import dev.mgmt.engine.driver.Outcome.Mending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is not as in the archive: the first of it by name, the rest by number. */
final class Findings {
    private static final int MOST = 20;

    private final List<Mending> first = new ArrayList<>();
    private int others;

    void add(String property, Path at, String detail) {
        if (first.size() < MOST) {
            first.add(new Mending(property, at + (detail.isEmpty() ? "" : ": " + detail)));
        } else {
            others++;
        }
    }

    int count() {
        return first.size() + others;
    }

    List<Mending> mendings() {
        List<Mending> all = new ArrayList<>(first);
        if (others > 0) {
            all.add(new Mending("content", "and " + others + " more"));
        }
        return all;
    }
}
