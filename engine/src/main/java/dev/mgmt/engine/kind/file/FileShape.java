package dev.mgmt.engine.kind.file;

/** What a path is meant to be; a trailing {@code /} in a graph file says directory. */
public enum FileShape {
    REGULAR,
    DIRECTORY
}
