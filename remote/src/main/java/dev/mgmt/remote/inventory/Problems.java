package dev.mgmt.remote.inventory;

import dev.mgmt.engine.yaml.InputProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers problems, so that all are told at once. Files are told in the order in which they first
 * had one, and within a file by position.
 */
final class Problems {
    private final Map<String, List<InputProblem>> byFile = new LinkedHashMap<>();

    void add(Place place, String message) {
        add(place, message, "");
    }

    void add(Place place, String message, String advice) {
        add(new InputProblem(place.file(), place.line(), place.column(), message, advice));
    }

    void add(InputProblem problem) {
        byFile.computeIfAbsent(problem.file(), _ -> new ArrayList<>()).add(problem);
    }

    boolean isEmpty() {
        return byFile.isEmpty();
    }

    int size() {
        return byFile.values().stream().mapToInt(List::size).sum();
    }

    List<InputProblem> inOrder() {
        Comparator<InputProblem> byPosition =
                Comparator.comparingInt(InputProblem::line).thenComparingInt(InputProblem::column);
        return byFile.values().stream()
                .flatMap(problems -> problems.stream().sorted(byPosition))
                .toList();
    }
}
