package dev.mgmt.engine.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Gathers what is wrong with one file; the same thing said twice counts once. */
final class Problems {
    private static final Comparator<InputProblem> BY_PLACE =
            (one, other) -> place(one).compareTo(place(other));

    private final String file;
    private final Set<InputProblem> errors = new LinkedHashSet<>();
    private final Set<InputProblem> warnings = new LinkedHashSet<>();

    /** What is said of these means nothing. */
    private final Set<Place> muted = new HashSet<>();

    private boolean standIns;

    Problems(String file) {
        this.file = file;
    }

    private static Place place(InputProblem problem) {
        return new Place(problem.line(), problem.column());
    }

    /** What is wrong with a stand-in is not wrong with what it stands for. */
    void standIn(StandIn standIn) {
        standIns = true;
        if (standIn.awaited().isEmpty()) {
            muted.add(Place.of(standIn));
        }
    }

    /** Whether anything in the file is not known yet. */
    boolean anyStandIns() {
        return standIns;
    }

    /** What is said of these places meanwhile is not taken down. */
    <T> T without(Set<Place> places, Supplier<T> act) {
        Set<Place> added = new HashSet<>(places);
        added.removeAll(muted);
        muted.addAll(added);
        try {
            return act.get();
        } finally {
            muted.removeAll(added);
        }
    }

    void error(Place at, String message, String advice) {
        if (muted.contains(at)) {
            return;
        }
        errors.add(new InputProblem(file, at.line(), at.column(), message, advice));
    }

    void warning(Place at, String message, String advice) {
        if (muted.contains(at)) {
            return;
        }
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
