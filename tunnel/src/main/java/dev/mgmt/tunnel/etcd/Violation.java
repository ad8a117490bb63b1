package dev.mgmt.tunnel.etcd;

/**
 * Something that the gate refused to a visitor. Of each kind the first one is told, and from then
 * on only those with which there have been ten times as many as were told last, and how many there
 * were when the connection ends: a host in bad hands can fill its own link and nothing else.
 *
 * @param deed the last one of its kind, in a sentence that names the visitor
 * @param times how many of its kind there have been over this connection
 */
public record Violation(Kind kind, String deed, long times) {
    public enum Kind {
        /** Keys that it may not read. */
        READING,
        /** Keys that it may not write. */
        WRITING,
        /** A lease that is another's. */
        LEASE,
        /** A call that hosts have no use for. */
        CALL,
        /** More of something than a host may have. */
        EXCESS,
        /** What no client of the store says; the connection ends. */
        PROTOCOL
    }
}
