package dev.mgmt.remote.fleet;

/**
 * Why a host is out of the run.
 *
 * @param what what failed, in a sentence without the host's name
 * @param why its cause
 * @param advice what to do next; a command where there is one
 */
public record HostFailure(Cause cause, Stage stage, String what, String why, String advice) {
    /** The kinds of failure that programs tell apart. */
    public enum Cause {
        UNREACHABLE,
        LOGIN_REFUSED,
        HOST_KEY,
        CANNOT_TAKE_AGENT,
        LINK_LOST,
        STORE_UNREACHABLE,
        /** The agent refused the graph, or broke: a bug of ours. */
        INTERNAL
    }
}
