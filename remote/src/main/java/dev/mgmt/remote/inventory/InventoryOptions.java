package dev.mgmt.remote.inventory;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to read an inventory.
 *
 * @param limit which hosts to take, as in {@code --limit}; empty: all
 * @param cleartextPasswords whether files may hold passwords
 * @param home what {@code ~} stands for
 */
public record InventoryOptions(
        Optional<String> limit, CleartextPasswords cleartextPasswords, Path home) {
    public enum CleartextPasswords {
        REFUSED,
        ALLOWED
    }
}
