package dev.mgmt.tunnel.agent;

import dev.mgmt.tunnel.identity.PublicBlob;

/**
 * A key or certificate whose private half the agent holds.
 *
 * @param comment what the user called it
 */
public record AgentKey(PublicBlob key, String comment) {}
