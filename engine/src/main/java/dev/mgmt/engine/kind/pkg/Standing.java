package dev.mgmt.engine.kind.pkg;

import java.util.List;
import java.util.Set;

/**
 * One package as the host has it.
 *
 * @param versions usually one; some managers keep several of a kernel; none: it is not installed
 */
record Standing(List<String> versions, Set<Mark> marks) {
    static final Standing ABSENT = new Standing(List.of(), Set.of());

    /** What else is known of an installed package. */
    enum Mark {
        /** An installation of it was begun and not ended. */
        BROKEN,
        /** Somebody has told the package manager to leave it as it is. */
        HELD
    }

    Standing {
        versions = List.copyOf(versions);
        marks = Set.copyOf(marks);
    }

    static Standing of(String version) {
        return new Standing(List.of(version), Set.of());
    }

    boolean present() {
        return !versions.isEmpty();
    }

    boolean whole() {
        return present() && !marks.contains(Mark.BROKEN);
    }

    boolean held() {
        return marks.contains(Mark.HELD);
    }

    /** For people: the version, or the versions. */
    String shown() {
        return String.join(", ", versions);
    }
}
