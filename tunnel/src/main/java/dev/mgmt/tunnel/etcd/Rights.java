package dev.mgmt.tunnel.etcd;

import java.util.List;

/**
 * What one visitor of the store may touch. A range is allowed when it lies wholly below one of the
 * prefixes.
 *
 * @param readable prefixes (a full key is a prefix of itself) that may be read and watched
 * @param writable prefixes that may be written and deleted
 */
public record Rights(List<String> readable, List<String> writable) {
    /** Everything: for the owner of the store. */
    public static final Rights ALL = new Rights(List.of(""), List.of(""));

    public Rights {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }
}
