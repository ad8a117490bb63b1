package dev.mgmt.remote.wire;

import dev.mgmt.engine.world.KeyPart;

/** Where things lie in the store. Laptop and agents name keys through this class only. */
public final class StorePaths {
    public static final String HOSTS = "/_mgmt/hosts/";
    public static final String EXPORTS = "/_mgmt/exports/";

    /** How the run stands: {@link FleetValue}. */
    public static final String FLEET = "/_mgmt/fleet";

    private StorePaths() {}

    /** The text of the graph this host is to run. */
    public static String graph(String host) {
        return HOSTS + KeyPart.encode(host) + "/graph";
    }

    /** {@link StatusValue}, under the host's lease. */
    public static String status(String host) {
        return HOSTS + KeyPart.encode(host) + "/status";
    }

    public static String facts(String host) {
        return HOSTS + KeyPart.encode(host) + "/facts";
    }

    public static String exports(String host) {
        return EXPORTS + KeyPart.encode(host) + "/";
    }

    /** The kind of resource that a key below {@link #EXPORTS} holds; empty if it holds none. */
    public static String exportedKind(String key) {
        int kind = key.indexOf('/', EXPORTS.length()) + 1;
        int name = key.indexOf('/', kind);
        return kind > 0 && name > kind ? key.substring(kind, name) : "";
    }
}
