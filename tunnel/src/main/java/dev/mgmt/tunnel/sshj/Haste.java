package dev.mgmt.tunnel.sshj;

/** When the command is named to a host. */
enum Haste {
    /** Once the host has opened the channel and said what it calls it. */
    PATIENT,
    /**
     * At once, which saves a round trip, and with OpenSSH another one in which it would hold the
     * next small packet back. Only for a connection's first channel, and only with OpenSSH, which
     * always calls that one 0.
     */
    EAGER
}
