package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The keys a request is about, as etcd's API spells them: no end means the one key, an end of one
 * zero byte means everything from the key on, otherwise the end is exclusive.
 */
record KeyRange(ByteString key, ByteString end) {
    static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();

    /** As an end: no upper bound. As a key: the smallest there is. */
    static final ByteString ZERO = ByteString.copyFrom(new byte[] {0});

    static KeyRange of(ByteString key) {
        return new KeyRange(key, ByteString.EMPTY);
    }

    private static final int MOST_SHOWN = 200;

    /** Every key that starts with these characters. */
    static KeyRange startingWith(String prefix) {
        var start = ByteString.copyFrom(prefix, StandardCharsets.UTF_8);
        return start.isEmpty()
                ? new KeyRange(ZERO, ZERO)
                : new KeyRange(start, firstKeyAfterAllStartingWith(start));
    }

    /** A folder of keys if it ends in {@code /} or is empty, otherwise one key. */
    static KeyRange entry(String path) {
        return path.isEmpty() || path.endsWith("/")
                ? startingWith(path)
                : of(ByteString.copyFrom(path, StandardCharsets.UTF_8));
    }

    /**
     * The last byte that can be raised is raised and what follows it dropped; a prefix of nothing
     * but 0xff bytes has no end.
     */
    private static ByteString firstKeyAfterAllStartingWith(ByteString prefix) {
        for (int last = prefix.size() - 1; last >= 0; last--) {
            if (prefix.byteAt(last) != (byte) 0xff) {
                byte[] end = prefix.substring(0, last + 1).toByteArray();
                end[last]++;
                return ByteString.copyFrom(end);
            }
        }
        return ZERO;
    }

    boolean isOneKey() {
        return end.isEmpty();
    }

    boolean hasNoEnd() {
        return end.equals(ZERO);
    }

    boolean contains(ByteString other) {
        if (isOneKey()) {
            return key.equals(other);
        }
        return ORDER.compare(key, other) <= 0 && (hasNoEnd() || ORDER.compare(other, end) < 0);
    }

    /** Whether every key of this range is in the other one, too. */
    boolean liesWithin(KeyRange other) {
        if (isOneKey()) {
            return other.contains(key);
        }
        if (other.isOneKey() || ORDER.compare(key, other.key) < 0) {
            return false;
        }
        return other.hasNoEnd() || (!hasNoEnd() && ORDER.compare(end, other.end) <= 0);
    }

    /** How messages name it. */
    String description() {
        var from = "'" + printable(key) + "'";
        if (isOneKey()) {
            return from;
        }
        return hasNoEnd() ? "everything from " + from : from + " up to '" + printable(end) + "'";
    }

    /** Keys can be as long as a message; who tells of them does not want to. */
    private static String printable(ByteString bytes) {
        var shown = bytes.substring(0, Math.min(bytes.size(), MOST_SHOWN));
        var text = shown.toStringUtf8();
        return shown.size() < bytes.size() ? text + "…" : text;
    }
}
