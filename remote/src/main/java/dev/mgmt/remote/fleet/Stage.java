package dev.mgmt.remote.fleet;

/** Where one host stands on its way, in order; a lost host goes back from the last ones. */
public enum Stage {
    /** For a free place among {@code --forks}. */
    WAITING,
    /** TCP, host key, login. */
    CONNECTING,
    /** One command: starts the agent if the image is there, else tells the host's facts. */
    PROBING,
    /** The image is on its way. */
    COPYING,
    /** The agent's process is starting and has not yet answered. */
    STARTING,
    /** The agent runs its graph. */
    RUNNING,
    /** The agent was lost; its host is connected to again and an agent started that takes over. */
    RECONNECTING,
    /** The agent was told to stop. */
    ENDING,
    /** Nothing more will happen here. */
    ENDED;

    /** Whether an agent is there, or about to be, that hears what the store says. */
    boolean hasAgent() {
        return this == STARTING || this == RUNNING;
    }
}
