package dev.mgmt.tunnel.exec;

/** How a remote command ended. */
public sealed interface Ending {
    record Exited(int status) implements Ending {}

    /**
     * @param signal without the SIG prefix, such as {@code KILL}
     */
    record Signalled(String signal) implements Ending {}

    /** The far side never said: the link was lost, or the time was up. */
    record Vanished() implements Ending {}
}
