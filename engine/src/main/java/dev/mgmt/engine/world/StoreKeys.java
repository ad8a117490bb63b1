package dev.mgmt.engine.world;

import org.jspecify.annotations.Nullable;

/**
 * Where things lie in the store. Laptop and hosts name keys through this class only; each part of a
 * key that somebody chose is a {@link KeyPart}.
 */
public final class StoreKeys {
    public static final String ALL = "/_mgmt/";
    public static final String HOSTS = ALL + "hosts/";
    public static final String EXPORTS = ALL + "exports/";
    public static final String VALUES = ALL + "kv/";
    public static final String SEMAPHORES = ALL + "semaphores/";

    /** How the run stands. */
    public static final String FLEET = ALL + "fleet";

    private StoreKeys() {}

    /**
     * What a host exports.
     *
     * @param kind of the resource
     * @param name of the resource
     */
    public record Export(String host, String kind, String name) {}

    /** What a host says under a key that all hosts may say something under. */
    public record Value(String key, String host) {}

    /** The text of the graph this host is to run. */
    public static String graph(String host) {
        return ofHost(host) + "graph";
    }

    /** What the inventory says of this host, for the templates of its graph. */
    public static String variables(String host) {
        return ofHost(host) + "vars";
    }

    /** The host's standing, under its lease. */
    public static String status(String host) {
        return ofHost(host) + "status";
    }

    public static String facts(String host) {
        return ofHost(host) + "facts";
    }

    private static String ofHost(String host) {
        return HOSTS + KeyPart.encode(host) + "/";
    }

    /** The folder of all that a host exports. */
    public static String exports(String host) {
        return EXPORTS + KeyPart.encode(host) + "/";
    }

    public static String export(Export export) {
        return exports(export.host())
                + KeyPart.encode(export.kind())
                + "/"
                + KeyPart.encode(export.name());
    }

    /** Null for a key that is no export. */
    public static @Nullable Export parseExport(String key) {
        String[] parts = parts(EXPORTS, key);
        return parts.length == 3 ? new Export(parts[0], parts[1], parts[2]) : null;
    }

    /** The folder of what all hosts say under this key. */
    public static String values(String key) {
        return VALUES + KeyPart.encode(key) + "/";
    }

    public static String value(Value value) {
        return values(value.key()) + KeyPart.encode(value.host());
    }

    /** Null for a key that is no value of a host. */
    public static @Nullable Value parseValue(String key) {
        String[] parts = parts(VALUES, key);
        return parts.length == 2 ? new Value(parts[0], parts[1]) : null;
    }

    /** What a host says under any key: one part stands between, whatever it is. */
    public static String valuesOf(String host) {
        return VALUES + "*/" + KeyPart.encode(host);
    }

    /** The folder of those who hold a place of this semaphore, or wait for one. */
    public static String semaphore(String name) {
        return SEMAPHORES + KeyPart.encode(name) + "/";
    }

    /** The folder of those among them that are of this host. */
    public static String semaphore(String name, String host) {
        return semaphore(name) + KeyPart.encode(host) + "/";
    }

    /** Those of this host in the folder of any semaphore. */
    public static String placesOf(String host) {
        return SEMAPHORES + "*/" + KeyPart.encode(host) + "/";
    }

    /** The decoded parts below a folder; none if one of them is no encoded name. */
    private static String[] parts(String folder, String key) {
        if (!key.startsWith(folder)) {
            return new String[0];
        }
        String[] parts = key.substring(folder.length()).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = KeyPart.decode(parts[i]);
            if (parts[i].isEmpty()) {
                return new String[0];
            }
        }
        return parts;
    }
}
