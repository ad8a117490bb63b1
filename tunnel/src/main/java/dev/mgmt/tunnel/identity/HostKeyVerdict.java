package dev.mgmt.tunnel.identity;

import java.nio.file.Path;

/** What known_hosts says about a key that a host shows. */
public sealed interface HostKeyVerdict {
    record Known() implements HostKeyVerdict {}

    /** No line is about this host. */
    record Unknown() implements HostKeyVerdict {}

    /**
     * Other keys are listed for this host, and not this one. A key of another type counts too:
     * otherwise whoever sits in between needs only to claim a type that nobody has recorded.
     *
     * @param line of the first entry that contradicts, from 1
     */
    record Changed(Path file, int line) implements HostKeyVerdict {}

    /**
     * @param line that revokes this very key, from 1
     */
    record Revoked(Path file, int line) implements HostKeyVerdict {}
}
