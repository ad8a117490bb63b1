package dev.mgmt.engine.kind.pkg;

/** What is done to one package. */
sealed interface Step {
    String name();

    /** Make it be there, or whole, in the version that the manager prefers. */
    record Install(String name) implements Step {}

    /** It is there; take the version that the manager prefers now. */
    record Upgrade(String name) implements Step {}

    /** Make it be there in exactly this version. */
    record Pin(String name, String version) implements Step {}

    record Remove(String name) implements Step {}
}
