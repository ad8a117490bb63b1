package dev.mgmt.tunnel.etcd;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * What one visitor of the store may touch. An entry that ends in {@code /} stands for every key
 * below it, the empty one for every key there is; any other stands for that one key, not for longer
 * ones that start alike: who may write {@code kv/a/h1} may not write {@code kv/a/h10}. An asterisk
 * between two slashes stands for any one part there, and only for single keys, never for a range of
 * them; with a {@code /} at its end too it stands for every single key below. A range is allowed
 * when it lies wholly within one entry.
 *
 * @param readable what may be read and watched
 * @param writable what may be written and deleted
 */
public record Rights(List<String> readable, List<String> writable) {
    /** Everything: for the owner of the store. */
    public static final Rights ALL = new Rights(List.of(""), List.of(""));

    private static final String ANY_PART = "/*/";

    public Rights {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }

    boolean areAll() {
        return readable.equals(ALL.readable) && writable.equals(ALL.writable);
    }

    boolean allowReading(KeyRange range) {
        return anyHolds(readable, range);
    }

    boolean allowWriting(KeyRange range) {
        return anyHolds(writable, range);
    }

    private static boolean anyHolds(List<String> entries, KeyRange range) {
        return entries.stream().anyMatch(entry -> holds(entry, range));
    }

    private static boolean holds(String entry, KeyRange range) {
        int any = entry.indexOf(ANY_PART);
        return any < 0
                ? range.liesWithin(KeyRange.entry(entry))
                : range.isOneKey()
                        && isBetween(
                                range.key(),
                                entry.substring(0, any + 1),
                                entry.substring(any + ANY_PART.length() - 1));
    }

    /** Whether just one part stands between the two, and the second ends it or is a folder. */
    private static boolean isBetween(ByteString key, String before, String after) {
        if (!key.isValidUtf8()) {
            return false;
        }
        String text = key.toStringUtf8();
        if (!text.startsWith(before)) {
            return false;
        }
        int end = text.indexOf('/', before.length());
        if (end <= before.length()) {
            return false;
        }
        String rest = text.substring(end);
        return after.endsWith("/")
                ? rest.startsWith(after) && rest.length() > after.length()
                : rest.equals(after);
    }
}
