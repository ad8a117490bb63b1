package dev.mgmt.remote.agent;

import dev.mgmt.engine.world.World;
import dev.mgmt.remote.wire.ClaimNote;

/** What the thread that owns an agent takes, one at a time. */
sealed interface AgentInput {
    record NewGraph(World.Entry entry) implements AgentInput {}

    /** The laptop says that the run is over. */
    record FleetEnding() implements AgentInput {}

    record LinkLost(String reason) implements AgentInput {}

    /** Another agent is to have the host. */
    record Wanted(ClaimNote by) implements AgentInput {}

    /** Somebody ends this process. */
    record Terminated() implements AgentInput {}

    /** The engine has stopped. */
    record Stopped() implements AgentInput {}

    /** The host is ours. */
    record Claimed() implements AgentInput {}

    record NotClaimed(String reason) implements AgentInput {}
}
