package dev.mgmt.cli.view;

/** How much people want to read. Each tells all that the one before it does. */
public enum Verbosity {
    NORMAL,
    /** Also diffs of what was changed, and how long each stage took. */
    VERBOSE,
    /** Also why each resource runs, and what of the command line has no meaning any more. */
    DEBUG;

    public boolean isAtLeast(Verbosity other) {
        return compareTo(other) >= 0;
    }
}
