package dev.mgmt.engine.driver;

import dev.mgmt.engine.Enforcement;

/** What one check-apply is asked to do. */
public record Attempt(Enforcement enforcement, Refresh refresh) {
    /** Whether a predecessor changed along a notify edge. */
    public enum Refresh {
        NONE,
        PENDING
    }

    public boolean checksOnly() {
        return enforcement == Enforcement.CHECK_ONLY;
    }

    public boolean refreshes() {
        return refresh == Refresh.PENDING;
    }
}
