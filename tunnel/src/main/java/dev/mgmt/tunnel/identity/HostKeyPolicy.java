package dev.mgmt.tunnel.identity;

/**
 * What to do about a host key that no known_hosts file lists. A changed or revoked key is refused
 * under all of them.
 */
public enum HostKeyPolicy {
    /** Refuse before login, showing the fingerprint. */
    STRICT,
    /** Accept, and append to the first known_hosts file. */
    ACCEPT_NEW,
    /** Show the fingerprint at the console, and do as the person there says. */
    ASK
}
