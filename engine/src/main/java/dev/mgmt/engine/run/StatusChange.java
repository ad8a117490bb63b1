package dev.mgmt.engine.run;

import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.EngineStatus.Counts;

/**
 * Compares two standings of an engine, field by field: a record's own equals is linked when first
 * called, which costs a starting agent 10 ms.
 */
final class StatusChange {
    private StatusChange() {}

    static boolean differs(EngineStatus one, EngineStatus other) {
        return turned(one, other)
                || one.activity() != other.activity()
                || differs(one.counts(), other.counts());
    }

    /** Something others wait for is different, and not just a count. */
    static boolean turned(EngineStatus one, EngineStatus other) {
        return one.phase() != other.phase()
                || one.graphRevision() != other.graphRevision()
                || one.seen() != other.seen()
                || one.seenValues() != other.seenValues()
                || one.counts().failed() != other.counts().failed();
    }

    private static boolean differs(Counts one, Counts other) {
        return one.total() != other.total()
                || one.good() != other.good()
                || one.changed() != other.changed()
                || one.wouldChange() != other.wouldChange()
                || one.failed() != other.failed()
                || one.blocked() != other.blocked();
    }
}
