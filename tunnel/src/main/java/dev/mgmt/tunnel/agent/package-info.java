/**
 * A client of the user's ssh-agent: draft-ietf-sshm-ssh-agent. It lists keys and asks for
 * signatures, and nothing else; the agent is never made reachable for a host.
 */
@NullMarked
package dev.mgmt.tunnel.agent;

import org.jspecify.annotations.NullMarked;
