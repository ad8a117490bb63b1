package dev.mgmt.remote.fleet;

/** What went wrong with a host, and what that means for another attempt. */
record Trouble(HostFailure failure, Nature nature) {
    enum Nature {
        /** The same may go well a little later. */
        PASSING,
        /** It will not get better by itself. */
        LASTING,
        /** The host is there, and the agent's process is not: it broke, or somebody ended it. */
        AGENT_DIED
    }
}
