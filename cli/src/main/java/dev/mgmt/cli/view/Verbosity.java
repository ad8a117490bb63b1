package dev.mgmt.cli.view;

/** How much people want to read. */
public enum Verbosity {
    NORMAL,
    /** Also diffs of what was changed, and how long each stage took. */
    VERBOSE
}
