package dev.mgmt.remote.launch;

/** Why an agent's connection ended although nobody here asked for it. */
public sealed interface AgentEnd {
    String why();

    /** The link is gone, or the agent believes that it is. The agent may well be there still. */
    record LinkLost(String why) implements AgentEnd {}

    /** Its process has ended. */
    record Died(String why) implements AgentEnd {}

    /** Another run has taken the host over, and the agent says so. */
    record TakenOver(String why) implements AgentEnd {}
}
