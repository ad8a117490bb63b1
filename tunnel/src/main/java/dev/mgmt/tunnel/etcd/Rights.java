package dev.mgmt.tunnel.etcd;

import java.util.List;

/**
 * What one visitor of the store may touch. An entry that ends in {@code /} stands for every key
 * below it, the empty one for every key there is; any other stands for that one key, not for longer
 * ones that start alike: who may write {@code kv/a/h1} may not write {@code kv/a/h10}. A range is
 * allowed when it lies wholly within one entry.
 *
 * @param readable what may be read and watched
 * @param writable what may be written and deleted
 */
public record Rights(List<String> readable, List<String> writable) {
    /** Everything: for the owner of the store. */
    public static final Rights ALL = new Rights(List.of(""), List.of(""));

    public Rights {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }

    boolean allowReading(KeyRange range) {
        return anyHolds(readable, range);
    }

    boolean allowWriting(KeyRange range) {
        return anyHolds(writable, range);
    }

    private static boolean anyHolds(List<String> entries, KeyRange range) {
        return entries.stream().anyMatch(entry -> range.liesWithin(KeyRange.entry(entry)));
    }
}
