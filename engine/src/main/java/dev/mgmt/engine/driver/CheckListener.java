package dev.mgmt.engine.driver;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.resource.ResourceId;

/** Hears of every check-apply, good ones included; called from many threads, and must not block. */
@FunctionalInterface
public interface CheckListener {
    void checked(Check check);

    /** One check-apply that has ended. */
    record Check(ResourceId resource, Enforcement enforcement, Cause cause, Finding finding) {}

    /** Why it was made. Where several hold, the first of them. */
    enum Cause {
        /** The resource is new in the graph. */
        NEW,
        /** A predecessor changed along a notify edge. */
        REFRESH,
        /** Its part of the world changed. */
        DISTURBANCE,
        /** The one before it failed. */
        RETRY,
        /** It was time for it, or a predecessor ran before it. */
        TURN
    }

    /** What it came to. */
    enum Finding {
        GOOD,
        /** It was changed, or under noop would have been. */
        EVENTFUL,
        FAILED
    }
}
