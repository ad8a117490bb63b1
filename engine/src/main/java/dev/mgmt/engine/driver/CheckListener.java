package dev.mgmt.engine.driver;

import dev.mgmt.engine.Enforcement;
import dev.mgmt.engine.resource.ResourceId;

/** Hears of every check-apply, good ones included; called from many threads, and must not block. */
@FunctionalInterface
public interface CheckListener {
    void checked(ResourceId resource, Enforcement enforcement, Finding finding);

    /** What one check-apply came to. */
    enum Finding {
        GOOD,
        /** It was changed, or under noop would have been. */
        EVENTFUL,
        FAILED
    }
}
