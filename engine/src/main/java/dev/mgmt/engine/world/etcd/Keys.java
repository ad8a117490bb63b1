package dev.mgmt.engine.world.etcd;

import java.nio.charset.StandardCharsets;

/**
 * A prefix as etcd's API spells it: from a key up to, not including, an end; no end stands for the
 * one key.
 */
final class Keys {
    private static final byte[] NONE = {};

    /** As a key the smallest there is; as an end: no upper bound. */
    private static final byte[] ZERO = {0};

    private final byte[] key;
    private final byte[] end;

    private Keys(byte[] key, byte[] end) {
        this.key = key;
        this.end = end;
    }

    byte[] key() {
        return key;
    }

    byte[] end() {
        return end;
    }

    /**
     * A prefix that ends in {@code /} or is empty is a folder. Any other is one key, so that a
     * visitor with rights to just this key may ask for it.
     */
    static Keys below(String prefix) {
        if (prefix.isEmpty()) {
            return new Keys(ZERO, ZERO);
        }
        byte[] key = prefix.getBytes(StandardCharsets.UTF_8);
        return prefix.endsWith("/") ? new Keys(key, afterFolder(key)) : new Keys(key, NONE);
    }

    /** The octet that is raised is a slash, never the 0xff that has nothing above it. */
    private static byte[] afterFolder(byte[] folder) {
        byte[] end = folder.clone();
        end[end.length - 1]++;
        return end;
    }
}
