package dev.mgmt.engine.world;

import org.jspecify.annotations.Nullable;

/**
 * The shared store could not be reached, or refused. The only exception the engine throws at its
 * users: what becomes of resources are values.
 */
public final class WorldException extends Exception {
    private static final long serialVersionUID = 1;

    /** Whether trying again may help. */
    public enum Durability {
        TRANSIENT,
        PERMANENT
    }

    private final Durability durability;

    public WorldException(Durability durability, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.durability = durability;
    }

    public Durability durability() {
        return durability;
    }
}
