package dev.mgmt.engine.kind.archive;

import java.time.Instant;

/**
 * One entry as an archive has it; nothing of it is to be trusted.
 *
 * @param name as written
 * @param mode permissions without set-id and sticky bits
 * @param size of the content that follows
 * @param link what a link points to, as written; empty if it is none
 */
record TarEntry(String name, Type type, int mode, long size, Instant modified, String link) {
    enum Type {
        REGULAR,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK
    }
}
