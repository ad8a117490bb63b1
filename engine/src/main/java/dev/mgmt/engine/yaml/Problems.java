package dev.mgmt.engine.yaml;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with one file; the same thing said twice counts once. */
final class Problems {
    private static final Comparator<InputProblem> BY_PLACE =
            comparingInt(InputProblem::line).thenComparingInt(InputProblem::column);

    private final String file;
    private final Set<InputProblem> errors = new LinkedHashSet<>();
    private final Set<InputProblem> warnings = new LinkedHashSet<>();

    Problems(String file) {
        this.file = file;
    }

    void error(Place at, String message, String advice) {
        errors.add(new InputProblem(file, at.line(), at.column(), message, advice));
    }

    void warning(Place at, String message, String advice) {
        warnings.add(new InputProblem(file, at.line(), at.column(), message, advice));
    }

    int errorCount() {
        return errors.size();
    }

    List<InputProblem> errors() {
        return inOrder(errors);
    }

    List<InputProblem> warnings() {
        return inOrder(warnings);
    }

    private static List<InputProblem> inOrder(Collection<InputProblem> problems) {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}
