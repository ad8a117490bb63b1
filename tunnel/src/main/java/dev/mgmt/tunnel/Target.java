package dev.mgmt.tunnel;

import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.HostKeyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whom to connect to, and as whom.
 *
 * @param name the host's name in the inventory; what messages say
 * @param address host name or IP address to connect to
 * @param port from 1 to 65535
 * @param credentials tried in this order
 * @param knownHosts files in OpenSSH's format, consulted in this order; the first is the one that
 *     grows under {@link HostKeyPolicy#ACCEPT_NEW}
 * @param connectTimeout for the TCP connection, and again for key exchange with login
 * @param keepalive between two keepalives; the link counts as lost after three unanswered ones
 */
public record Target(
        String name,
        String address,
        int port,
        String user,
        List<Credential> credentials,
        HostKeyPolicy hostKeyPolicy,
        List<Path> knownHosts,
        Duration connectTimeout,
        Duration keepalive) {
    public Target {
        credentials = List.copyOf(credentials);
        knownHosts = List.copyOf(knownHosts);
    }
}
