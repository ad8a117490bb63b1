package dev.mgmt.remote.wire;

/** Where things lie in the store. Laptop and agents name keys through this class only. */
public final class StorePaths {
    public static final String HOSTS = "/_mgmt/hosts/";
    public static final String EXPORTS = "/_mgmt/exports/";
    public static final String VALUES = "/_mgmt/kv/";

    /** How the run stands: {@link FleetValue}. */
    public static final String FLEET = "/_mgmt/fleet";

    private static final String STATUS = "/status";

    private StorePaths() {}

    /** The text of the graph this host is to run. */
    public static String graph(String host) {
        return HOSTS + host + "/graph";
    }

    /** {@link StatusValue}, under the host's lease. */
    public static String status(String host) {
        return HOSTS + host + STATUS;
    }

    public static String facts(String host) {
        return HOSTS + host + "/facts";
    }

    public static String exports(String host) {
        return EXPORTS + host + "/";
    }

    /** Whether this key below {@link #HOSTS} is a status. */
    public static boolean isStatus(String key) {
        return key.startsWith(HOSTS) && key.endsWith(STATUS);
    }

    /** The host that a key below {@link #HOSTS} belongs to. */
    public static String host(String key) {
        return key.substring(HOSTS.length(), key.indexOf('/', HOSTS.length()));
    }
}
