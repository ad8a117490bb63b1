package dev.mgmt.engine;

/** Whether an engine mends what it finds. */
public enum Enforcement {
    APPLY,
    /** Look only and tell what would change: nothing on the host or in the store is written. */
    CHECK_ONLY
}
