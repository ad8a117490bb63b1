package dev.mgmt.tunnel.agent;

/** The agent did not do what it was asked. The message goes on after "the agent ". */
public final class AgentFailure extends Exception {
    private static final long serialVersionUID = 1;

    AgentFailure(String message) {
        super(message);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
