package dev.mgmt.tunnel.identity;

import java.util.Locale;

/**
 * A host as known_hosts names it.
 *
 * @param host name or address, in lower case
 */
public record HostName(String host, int port) {
    public static final int SSH_PORT = 22;

    public HostName {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Bare on SSH's own port, {@code [host]:port} on any other. */
    public String text() {
        return port == SSH_PORT ? host : "[" + host + "]:" + port;
    }

    /** The line that, appended to known_hosts, accepts a key. */
    public String line(HostKey key) {
        return line(key, HostKeyTrust.Names.PLAIN);
    }

    String line(HostKey key, HostKeyTrust.Names names) {
        String name =
                switch (names) {
                    case PLAIN -> text();
                    case HASHED -> HostPattern.Hashed.fresh(text());
                };
        return name + " " + key.type() + " " + key.base64();
    }
}
