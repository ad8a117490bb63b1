package dev.mgmt.engine.world.etcd;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;

/** A prefix as etcd's API spells it: from a key up to, not including, an end. */
record Keys(ByteString key, ByteString end) {
    /** As a key the smallest there is; as an end: no upper bound. */
    private static final ByteString ZERO = ByteString.copyFrom(new byte[] {0});

    static ByteString key(String key) {
        return ByteString.copyFrom(key, StandardCharsets.UTF_8);
    }

    /**
     * A prefix that ends in {@code /} or is empty is a folder; any other is one key, so that a
     * visitor with rights to just this key may ask for it.
     */
    static Keys below(String prefix) {
        if (prefix.isEmpty()) {
            return new Keys(ZERO, ZERO);
        }
        var start = key(prefix);
        return prefix.endsWith("/")
                ? new Keys(start, afterAllStartingWith(start))
                : new Keys(start, ByteString.EMPTY);
    }

    /** A folder's last byte is {@code /}, which can always be raised. */
    private static ByteString afterAllStartingWith(ByteString folder) {
        return folder.substring(0, folder.size() - 1).concat(key("0"));
    }
}
