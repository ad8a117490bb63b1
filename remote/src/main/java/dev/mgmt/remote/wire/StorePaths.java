package dev.mgmt.remote.wire;

import java.nio.charset.StandardCharsets;

/** Where things lie in the store. Laptop and agents name keys through this class only. */
public final class StorePaths {
    public static final String HOSTS = "/_mgmt/hosts/";
    public static final String EXPORTS = "/_mgmt/exports/";
    public static final String VALUES = "/_mgmt/kv/";

    /** How the run stands: {@link FleetValue}. */
    public static final String FLEET = "/_mgmt/fleet";

    private static final String HEX = "0123456789ABCDEF";

    private StorePaths() {}

    /** The text of the graph this host is to run. */
    public static String graph(String host) {
        return HOSTS + encoded(host) + "/graph";
    }

    /** {@link StatusValue}, under the host's lease. */
    public static String status(String host) {
        return HOSTS + encoded(host) + "/status";
    }

    public static String facts(String host) {
        return HOSTS + encoded(host) + "/facts";
    }

    public static String exports(String host) {
        return EXPORTS + encoded(host) + "/";
    }

    /** The kind of resource that a key below {@link #EXPORTS} holds; empty if it holds none. */
    public static String exportedKind(String key) {
        int kind = key.indexOf('/', EXPORTS.length()) + 1;
        int name = key.indexOf('/', kind);
        return kind > 0 && name > kind ? key.substring(kind, name) : "";
    }

    /**
     * As RFC 3986 section 2.1 has it: a name takes exactly one part of a key, whatever it is made
     * of. Exports are written so by the engine.
     */
    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(unit)) {
                encoded.append((char) unit);
            } else {
                encoded.append('%')
                        .append(HEX.charAt(unit >> 4 & 15))
                        .append(HEX.charAt(unit & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || unit == '-'
                || unit == '.'
                || unit == '_'
                || unit == '~';
    }
}
